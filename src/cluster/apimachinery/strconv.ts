const RANGES = {
  ParseInt: { syntax: /^[+-]?\d+$/, least: -(2n ** 63n), most: 2n ** 63n - 1n },
  ParseUint: { syntax: /^\d+$/, least: 0n, most: 2n ** 64n - 1n },
};

/** What Go's strconv says of a text that is no decimal number of 64 bits; undefined when it is one. */
export function strconvError(text: string, program: keyof typeof RANGES): string | undefined {
  const { syntax, least, most } = RANGES[program];
  const error = `strconv.${program}: parsing ${JSON.stringify(text)}: `;
  if (!syntax.test(text)) return `${error}invalid syntax`;
  const value = BigInt(text.replace('+', ''));
  return value > most || value < least ? `${error}value out of range` : undefined;
}
