/** What a shell is to do with candidates; they add up. Upstream: cobra ShellCompDirective. */
export const DIRECTIVES = {
  Default: 0,
  Error: 1,
  NoSpace: 2,
  NoFileComp: 4,
  FilterFileExt: 8,
  FilterDirs: 16,
  KeepOrder: 32,
} as const;

/** `ShellCompDirectiveNoSpace, ShellCompDirectiveNoFileComp`. */
export function directiveText(directive: number): string {
  const names = Object.entries(DIRECTIVES).filter(([, bit]) => (directive & bit) !== 0);
  return (names.length > 0 ? names : [['Default']]).map(([name]) => `ShellCompDirective${name}`).join(', ');
}
