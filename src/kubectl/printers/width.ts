/** Width of a text as Go's tabwriter counts it: one a code point. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const char of text) width += char ? 1 : 0;
  return width;
}
