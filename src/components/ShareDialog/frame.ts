/** CSS px; enough for the map or the terminal with its buttons. */
export const HEIGHT = 640;

export const inAttribute = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

/** The HTML that shows an embed in a page. @param address absolute, with its parameters */
export const frame = ({ address, title }: { address: string; title: string }, style = ' style="border: 0"'): string =>
  `<iframe src="${inAttribute(address)}" title="${inAttribute(title)}" width="100%" height="${HEIGHT}" loading="lazy" allow="clipboard-write"${style}></iframe>`;
