/** The text as UTF-8 can hold it: halves of surrogate pairs become U+FFFD, as when bytes are read as text. */
export const wellFormed = (text: string): string =>
  text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd');
