/** A file's text by its name or by its whole path in the learner's home; empty when there is none. */
export function fileText(files: Readonly<Record<string, string>> | undefined, name: string): string {
  if (!files) return '';
  return files[name] ?? files[name.slice(name.lastIndexOf('/') + 1)] ?? '';
}
