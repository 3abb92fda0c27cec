/** Stands in for Docusaurus's translations in embeds: the build has put the words of the page's language into the source. */
export function translate({ message }: { id: string; message: string }, values: Record<string, string> = {}): string {
  return message.replace(/\{(\w+)\}/g, (all, name: string) => values[name] ?? all);
}
