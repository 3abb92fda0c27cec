/** Width of a text as Go's tabwriter counts it: one a code point. */
export function displayWidth(text: string): number {
  let width = text.length;
  // two halves make one
  for (let i = 1; i < text.length; i++) if (isHalf(text, i, 0xdc00) && isHalf(text, i - 1, 0xd800)) width--;
  return width;
}

/** Does a unit of UTF-16 come from the 1024 that begin at `first`? */
function isHalf(text: string, at: number, first: number): boolean {
  return (text.charCodeAt(at) & 0xfc00) === first;
}
