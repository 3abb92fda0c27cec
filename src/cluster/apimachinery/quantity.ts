/** What a quantity's end multiplies it by, as a power of ten or of two. */
const DECIMAL: Record<string, number> = { n: -9, u: -6, m: -3, '': 0, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 };
const BINARY: Record<string, number> = { Ki: 10, Mi: 20, Gi: 30, Ti: 40, Pi: 50, Ei: 60 };

/** Longer ones take long to reckon with. */
const LONGEST = 1000;
const TOO_LONG = `this simulator reads quantities of up to ${LONGEST} characters, with exponents of up to ${LONGEST}`;
const FORMAT = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
/** Nothing smaller is kept. */
const NANO = 1_000_000_000n;
const MAX_BINARY = (2n ** 63n - 1n) * NANO;

/**
 * The form in which a quantity is stored and shown: `1` for `1000m`, `1536Mi` for `1.5Gi`. What is well written already stays.
 * @throws Error with Kubernetes' text when it is none
 * Upstream: k8s.io/apimachinery/pkg/api/resource ParseQuantity, CanonicalizeBytes.
 */
export function canonicalQuantity(text: string): string {
  const { sign, shifted, fraction, exponent, form } = partsOf(text);
  if (isWellWritten(shifted, fraction, exponent, form === 'binary')) return text;
  const nanos = nanosOf(text);
  const minus = sign === '-' ? '-' : '';
  const value = nanos < 0n ? -nanos : nanos;
  if (value === 0n) return '0';
  if (form === 'binary' && value % NANO === 0n && value >= 1024n * NANO)
    return minus + inPowers(value / NANO, 1024n, Object.keys(BINARY));
  if (form === 'exponential') return minus + withExponent(value);
  return minus + inPowers(value, 1000n, Object.keys(DECIMAL).slice(1), 'n');
}

/** How much a quantity is, in billionths. @throws Error with Kubernetes' text when it is none */
export function nanosOf(text: string): bigint {
  const { sign, shifted, fraction, exponent, form } = partsOf(text);
  let nanos =
    form === 'binary'
      ? scaled(BigInt(shifted) * 2n ** BigInt(exponent), 9 - fraction)
      : scaled(BigInt(shifted), exponent - fraction + 9);
  if (form === 'binary' && nanos > MAX_BINARY) nanos = MAX_BINARY;
  return sign === '-' ? -nanos : nanos;
}

interface Parts {
  sign: string;
  /** All digits, and how many of them are behind the point. */
  shifted: string;
  fraction: number;
  /** A power of two in the binary form, else of ten. */
  exponent: number;
  form: 'binary' | 'decimal' | 'exponential';
}

function partsOf(text: string): Parts {
  if (text === '') throw new Error(FORMAT);
  if (text.length > LONGEST) throw new Error(TOO_LONG);
  // in two steps: one expression would try every way of sharing the digits
  const number = /^([-+]?)(\d*)(?:\.(\d*))?/.exec(text) as RegExpExecArray;
  const [, sign = '', zeros = '', fraction = ''] = number;
  const digits = zeros.replace(/^0+/, '');
  const suffix = text.slice(number[0].length);
  if (!/^[eEinumkKMGTP]*[-+]?\d*$/.test(suffix)) throw new Error(FORMAT);
  const exponential = /^[eE]([-+]?\d+)$/.exec(suffix);
  const binary = BINARY[suffix];
  const exponent = exponential ? Number(exponential[1]) : (binary ?? DECIMAL[suffix]);
  if (exponent === undefined) throw new Error("unable to parse quantity's suffix");
  if (Math.abs(exponent) > LONGEST) throw new Error(TOO_LONG);
  const form = exponential ? 'exponential' : binary === undefined ? 'decimal' : 'binary';
  return { sign, shifted: (digits || '0') + fraction, fraction: fraction.length, exponent, form };
}

/** A number times a power of ten, away from zero where digits are lost. */
function scaled(value: bigint, power: number): bigint {
  if (power >= 0) return value * 10n ** BigInt(power);
  const divisor = 10n ** BigInt(-power);
  return (value + divisor - 1n) / divisor;
}

/** Upstream keeps the text itself of what it takes for canonical. */
function isWellWritten(shifted: string, fraction: number, exponent: number, binary: boolean): boolean {
  if (binary)
    return fraction === 0 && 14 - shifted.length - Math.trunc((exponent * 3) / 10) >= 0 && (BigInt(shifted) & 7n) !== 0n;
  const scale = exponent - fraction;
  return shifted.length <= 18 && scale >= -9 && scale % 3 === 0 && !shifted.endsWith('000') && !shifted.startsWith('0');
}

function inPowers(value: bigint, base: bigint, suffixes: readonly string[], first = ''): string {
  let [rest, suffix] = [value, first];
  for (const next of suffixes) {
    if (rest % base !== 0n) break;
    rest /= base;
    suffix = next;
  }
  return `${rest}${suffix}`;
}

function withExponent(nanos: bigint): string {
  let [rest, exponent] = [nanos, -9];
  while (rest % 1000n === 0n) [rest, exponent] = [rest / 1000n, exponent + 3];
  return exponent === 0 ? String(rest) : `${rest}e${exponent}`;
}

/** How Go holds a quantity: a number, the power of ten that it counts, whether the text itself is kept, and the text's form. */
export function amountOf(text: string): { value: bigint; scale: number; kept: boolean; form: string } {
  if (text === '0') return { value: 0n, scale: 0, kept: true, form: 'DecimalSI' };
  const { sign, shifted, fraction, exponent, form } = partsOf(text);
  const binary = form === 'binary';
  const value = BigInt(`${sign}${shifted}`) * (binary ? 2n ** BigInt(exponent) : 1n);
  return {
    value,
    scale: (binary ? 0 : exponent) - fraction,
    kept: isWellWritten(shifted, fraction, exponent, binary),
    form: binary ? 'BinarySI' : form === 'decimal' ? 'DecimalSI' : 'DecimalExponent',
  };
}
