/** Stands in for Docusaurus's translations in unit tests: the default (Korean) messages with their values. */
export function translate(
  { message = '', id = '' }: { message?: string; id?: string },
  values: Record<string, string> = {},
): string {
  return (message || id).replace(/\{(\w+)\}/g, (all, name: string) => values[name] ?? all);
}
