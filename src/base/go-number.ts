// How Go writes numbers: strconv's %g, %e and %f, and encoding/json's own rule for floats.

/** A float that JSON wrote with a fraction or exponent although its value is whole (`1.0`, `1e3`); Go keeps it apart from an int. */
export class GoFloat {
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }

  valueOf(): number {
    return this.value;
  }

  toString(): string {
    return formatFloatG(this.value);
  }

  toJSON(): number {
    return this.value;
  }
}

/** Whether Go would hold this value as an int64. A whole number beyond 2^53 that is not a bigint came from a float. */
export const isGoInt = (value: unknown): value is number | bigint =>
  typeof value === 'bigint' || (typeof value === 'number' && Number.isSafeInteger(value) && !Object.is(value, -0));

/** Whether Go would hold this value as a float64. */
export const isGoFloat = (value: unknown): value is number | GoFloat =>
  value instanceof GoFloat || (typeof value === 'number' && !isGoInt(value));

const special = (x: number): string | undefined => {
  if (Number.isNaN(x)) return 'NaN';
  if (x === Infinity) return '+Inf';
  if (x === -Infinity) return '-Inf';
  return undefined;
};

const twoDigitExponent = (text: string): string => text.replace(/e([+-])(\d)$/, 'e$10$2');

const negativeZero = (x: number, text: string): string => (Object.is(x, -0) ? `-${text}` : text);

/** `strconv.FormatFloat(x, 'g', -1, 64)`, which is `%v`: `1e+06`, `0.0001`, `1e-05`. */
export const formatFloatG = (x: number): string => {
  const odd = special(x);
  if (odd !== undefined) return odd;
  const scientific = x.toExponential();
  const exponent = Number(scientific.slice(scientific.indexOf('e') + 1));
  // Shortest digits are judged as if the precision were 6 (strconv/ftoa.go).
  if (exponent < -4 || exponent >= 6) return twoDigitExponent(negativeZero(x, scientific));
  return negativeZero(x, plainDecimal(scientific, exponent));
};

/** Shortest digits without an exponent, `strconv.FormatFloat(x, 'f', -1, 64)`. */
export const formatFloatPlain = (x: number): string => {
  const odd = special(x);
  if (odd !== undefined) return odd;
  const scientific = x.toExponential();
  return negativeZero(x, plainDecimal(scientific, Number(scientific.slice(scientific.indexOf('e') + 1))));
};

const plainDecimal = (scientific: string, exponent: number): string => {
  const sign = scientific.startsWith('-') ? '-' : '';
  const digits = scientific.slice(sign.length, scientific.indexOf('e')).replace('.', '');
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
  if (digits.length <= exponent + 1) return `${sign}${digits}${'0'.repeat(exponent + 1 - digits.length)}`;
  return `${sign}${digits.slice(0, exponent + 1)}.${digits.slice(exponent + 1)}`;
};

/** encoding/json's float: plain between 1e-6 and 1e21, else an exponent without padding. Go refuses NaN and infinities. */
export const formatFloatJson = (x: number): string => {
  if (!Number.isFinite(x)) throw new Error(`json: unsupported value: ${special(x)}`);
  return Object.is(x, -0) ? '-0' : String(x);
};

/** `%.Nf`: exact decimal digits, ties to even. */
export const formatFloatFixed = (x: number, precision: number): string => {
  const odd = special(x);
  if (odd !== undefined) return odd;
  const {digits, scale} = exactDecimal(Math.abs(x));
  const sign = x < 0 || Object.is(x, -0) ? '-' : '';
  const rounded = roundDecimal(digits, scale, precision);
  const text = rounded.toString().padStart(precision + 1, '0');
  return precision === 0 ? sign + text : `${sign}${text.slice(0, -precision)}.${text.slice(-precision)}`;
};

/** `%.Ne`: one digit, `precision` decimals and a two digit exponent. */
export const formatFloatExponent = (x: number, precision: number): string => {
  const odd = special(x);
  if (odd !== undefined) return odd;
  if (precision < 0) return twoDigitExponent(negativeZero(x, x.toExponential()));
  const sign = x < 0 || Object.is(x, -0) ? '-' : '';
  if (x === 0) return `${sign}0${precision > 0 ? `.${'0'.repeat(precision)}` : ''}e+00`;
  const {digits, scale} = exactDecimal(Math.abs(x));
  let exponent = digits.toString().length - 1 - scale;
  let rounded = roundDecimal(digits, scale, precision - exponent).toString();
  if (rounded.length > precision + 1) {
    exponent += 1;
    rounded = rounded.slice(0, -1);
  }
  const mantissa = precision === 0 ? rounded : `${rounded[0]}.${rounded.slice(1)}`;
  return `${sign}${mantissa}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
};

/** `%.Ng`: significant digits, trailing zeros dropped. */
export const formatFloatGeneral = (x: number, precision: number): string => {
  const odd = special(x);
  if (odd !== undefined) return odd;
  const digits = precision === 0 ? 1 : precision;
  const scientific = formatFloatExponent(x, digits - 1);
  const at = scientific.indexOf('e');
  const exponent = Number(scientific.slice(at + 1));
  const mantissa = scientific
    .slice(0, at)
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '');
  const significant = mantissa.replace(/[-.]/g, '').length;
  // Go lets an integer stand without an exponent when all its digits fit (strconv/ftoa.go).
  const limit = digits > significant && significant >= exponent + 1 ? significant : digits;
  if (exponent < -4 || exponent >= limit) return `${mantissa}${scientific.slice(at)}`;
  const plain = formatFloatFixed(x, Math.max(0, digits - 1 - exponent));
  return plain.includes('.') ? plain.replace(/0+$/, '').replace(/\.$/, '') : plain;
};

/** x = digits / 10^scale, exactly. */
const exactDecimal = (x: number): {digits: bigint; scale: number} => {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x);
  const bits = view.getBigUint64(0);
  const raw = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  const mantissa = raw === 0 ? fraction : fraction | 0x10000000000000n;
  const exponent = (raw === 0 ? 1 : raw) - 1075;
  if (exponent >= 0) return {digits: mantissa << BigInt(exponent), scale: 0};
  return {digits: mantissa * 5n ** BigInt(-exponent), scale: -exponent};
};

const roundDecimal = (digits: bigint, scale: number, places: number): bigint => {
  if (places >= scale) return digits * 10n ** BigInt(places - scale);
  const divisor = 10n ** BigInt(scale - places);
  const quotient = digits / divisor;
  const twice = (digits % divisor) * 2n;
  return twice > divisor || (twice === divisor && quotient % 2n === 1n) ? quotient + 1n : quotient;
};
