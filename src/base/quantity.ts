// Kubernetes quantities (`500m`, `128Mi`, `1e3`): exact to the nano, written the way Kubernetes writes them.

/** How a quantity was written; sums keep the format of their first non-zero part. */
export type QuantityFormat = 'decimal' | 'binary' | 'exponent';

/** An amount in billionths. */
export type Quantity = {readonly nanos: bigint; readonly format: QuantityFormat};

const NANO = 1_000_000_000n;
const MOST = (2n ** 63n - 1n) * NANO;
const DECIMAL = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'] as const;
const BINARY = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'] as const;

/** Nothing, in no format yet. */
export const zeroQuantity: Quantity = {nanos: 0n, format: 'decimal'};

/** Reads a quantity; undefined when the text is none. Finer than a nano is rounded up, as Kubernetes does. */
export const parseQuantity = (text: string | number): Quantity | undefined => {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:([numkMGTPE]|[KMGTPE]i)|[eE]([+-]?\d+))?$/.exec(String(text));
  if (match === null) return undefined;
  const [, sign = '', whole = '', fraction = '', suffix, exponent] = match;
  if (whole === '' && fraction === '') return undefined;
  const digits = BigInt(whole + fraction);
  const binary = suffix === undefined ? -1 : BINARY.indexOf(suffix as (typeof BINARY)[number]);
  let scaled = digits * NANO;
  let power = -fraction.length;
  let format: QuantityFormat = 'decimal';
  if (binary > 0) {
    scaled *= 1024n ** BigInt(binary);
    format = 'binary';
  } else if (suffix !== undefined) {
    power += (DECIMAL.indexOf(suffix as (typeof DECIMAL)[number]) - 3) * 3;
  } else if (exponent !== undefined) {
    power += Number(exponent);
    format = 'exponent';
  }
  const exact = power >= 0 ? scaled * 10n ** BigInt(power) : divideUp(scaled, 10n ** BigInt(-power));
  // Kubernetes caps binary amounts at what an int64 holds.
  const nanos = format === 'binary' && exact > MOST ? MOST : exact;
  return {nanos: sign === '-' ? -nanos : nanos, format};
};

/** The canonical text: the largest suffix that keeps a whole number. */
export const quantityText = (quantity: Quantity): string => {
  const {nanos, format} = quantity;
  if (nanos === 0n) return '0';
  const small = nanos > -1024n * NANO && nanos < 1024n * NANO;
  if (format === 'binary' && !small && nanos % NANO === 0n) {
    let value = nanos / NANO;
    let step = 0;
    while (value % 1024n === 0n && step < BINARY.length - 1) {
      value /= 1024n;
      step += 1;
    }
    return `${value}${BINARY[step]}`;
  }
  let value = nanos;
  let step = 0;
  const last = format === 'exponent' ? Infinity : DECIMAL.length - 1;
  while (value % 1000n === 0n && step < last) {
    value /= 1000n;
    step += 1;
  }
  if (format === 'exponent') return step === 3 ? `${value}` : `${value}e${(step - 3) * 3}`;
  return `${value}${DECIMAL[step]}`;
};

/** Canonical text of a quantity as sent; text that is none comes back unchanged, none at all is `0`. */
export const canonicalQuantity = (text: string | number | undefined): string => {
  if (text === undefined) return '0';
  const parsed = parseQuantity(text);
  return parsed === undefined ? String(text) : quantityText(parsed);
};

/** Sum; a zero on the left takes the format of the right. */
export const addQuantities = (a: Quantity, b: Quantity): Quantity => ({
  nanos: a.nanos + b.nanos,
  format: a.nanos === 0n ? b.format : a.format,
});

/** Negative, zero or positive, as sort functions want it. */
export const compareQuantities = (a: Quantity, b: Quantity): number => (a.nanos < b.nanos ? -1 : a.nanos > b.nanos ? 1 : 0);

/** Whole units, rounded up. */
export const quantityValue = (quantity: Quantity): number => Number(divideUp(quantity.nanos, NANO));

/** Thousandths, rounded up. */
export const quantityMilli = (quantity: Quantity): number => Number(divideUp(quantity.nanos, 1_000_000n));

/** Rounds away from zero: who asks for a little gets a little. */
const divideUp = (value: bigint, by: bigint): bigint => {
  const quotient = value / by;
  const rest = value % by;
  return rest > 0n ? quotient + 1n : rest < 0n ? quotient - 1n : quotient;
};

/** Difference; a zero on the left takes the format of the right. */
export const subtractQuantities = (a: Quantity, b: Quantity): Quantity => ({
  nanos: a.nanos - b.nanos,
  format: a.nanos === 0n ? b.format : a.format,
});

/** The amount as a float, as near as floats get. */
export const quantityFloat = (quantity: Quantity): number => Number(quantity.nanos / NANO) + Number(quantity.nanos % NANO) / 1e9;
