const named: Record<string, string> = { '\u007f': '^?', '\u00ad': '<U+00AD>' };

/**
 * Makes program output harmless for a terminal: control characters (C0, C1), DEL and characters that reorder or hide text are
 * shown as text instead of acting. Line feeds and tabs stay.
 */
export function sanitize(text: string): string {
  return text.replace(/\r\n/g, '\n').replace(
    // eslint-disable-next-line no-control-regex -- finding control characters is what this is for
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
    (character) => {
      const code = character.charCodeAt(0);
      if (code < 0x20) return '^' + String.fromCharCode(code + 0x40);
      return named[character] ?? `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`;
    },
  );
}
