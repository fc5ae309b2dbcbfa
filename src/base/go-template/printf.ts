// Go's fmt.Sprintf for the values a template can hold.
import {
  formatFloatExponent,
  formatFloatFixed,
  formatFloatG,
  formatFloatGeneral,
  formatFloatPlain,
  GoFloat,
  isGoInt,
} from '../go-number.ts';
import {goQuote, goQuoteRune, goSyntax, isGoPrintable} from '../go-syntax.ts';
import {sortedKeys} from '../json/order.ts';
import {Boxed, GoByte, GoInt, goType} from './values.ts';

type Spec = {
  minus: boolean;
  plus: boolean;
  sharp: boolean;
  sharpV?: boolean;
  space: boolean;
  zero: boolean;
  width: number | undefined;
  precision: number | undefined;
};

const noFlags = (): Spec => ({
  minus: false,
  plus: false,
  sharp: false,
  space: false,
  zero: false,
  width: undefined,
  precision: undefined,
});

const strip = (value: unknown): unknown => (value instanceof Boxed ? value.value : value);

/** `fmt.Sprintf(format, args...)`. */
export const goPrintf = (format: string, args: readonly unknown[]): string => new Formatter(format, args.map(strip)).run();

class Formatter {
  readonly #format: string;
  readonly #args: readonly unknown[];
  #at = 0;
  #arg = 0;
  #reordered = false;
  #goodIndex = true;
  #out = '';

  constructor(format: string, args: readonly unknown[]) {
    this.#format = format;
    this.#args = args;
  }

  run(): string {
    for (;;) {
      const percent = this.#format.indexOf('%', this.#at);
      if (percent < 0) break;
      this.#out += this.#format.slice(this.#at, percent);
      this.#at = percent + 1;
      this.#directive();
    }
    this.#out += this.#format.slice(this.#at);
    if (!this.#reordered && this.#arg < this.#args.length) {
      const extra = this.#args
        .slice(this.#arg)
        .map((arg) => (arg === null || arg === undefined ? '<nil>' : `${goType(arg)}=${formatValue(arg, 'v', noFlags())}`));
      this.#out += `%!(EXTRA ${extra.join(', ')})`;
    }
    return this.#out;
  }

  #directive(): void {
    const spec = noFlags();
    this.#goodIndex = true;
    for (; ; this.#at += 1) {
      const flag = this.#format[this.#at];
      if (flag === '#') spec.sharp = true;
      else if (flag === '0') spec.zero = true;
      else if (flag === '+') spec.plus = true;
      else if (flag === '-') spec.minus = true;
      else if (flag === ' ') spec.space = true;
      else break;
    }
    let afterIndex = this.#argumentIndex();
    if (this.#format[this.#at] === '*') {
      this.#at += 1;
      const width = this.#starValue();
      if (width === undefined) this.#out += '%!(BADWIDTH)';
      else {
        spec.width = Math.abs(width);
        if (width < 0) {
          spec.minus = true;
          spec.zero = false;
        }
      }
      afterIndex = false;
    } else {
      spec.width = this.#digits();
      if (afterIndex && spec.width !== undefined) this.#goodIndex = false;
    }
    if (this.#format[this.#at] === '.') {
      this.#at += 1;
      if (afterIndex) this.#goodIndex = false;
      afterIndex = this.#argumentIndex();
      if (this.#format[this.#at] === '*') {
        this.#at += 1;
        const precision = this.#starValue();
        if (precision === undefined) this.#out += '%!(BADPREC)';
        else if (precision >= 0) spec.precision = precision;
        afterIndex = false;
      } else spec.precision = this.#digits() ?? 0;
    }
    if (!afterIndex) afterIndex = this.#argumentIndex();
    this.#verb(spec);
  }

  #verb(spec: Spec): void {
    const code = this.#format.codePointAt(this.#at);
    if (code === undefined) {
      this.#out += '%!(NOVERB)';
      return;
    }
    const verb = String.fromCodePoint(code);
    this.#at += verb.length;
    if (verb === '%') this.#out += '%';
    else if (!this.#goodIndex) this.#out += `%!${verb}(BADINDEX)`;
    else if (this.#arg >= this.#args.length) this.#out += `%!${verb}(MISSING)`;
    else {
      // `%+v` and `%#v` mean other things than the flags alone.
      const own = verb === 'v' ? {...spec, plus: false, sharp: false, sharpV: spec.sharp} : spec;
      this.#out += formatValue(this.#args[this.#arg], verb, own);
      this.#arg += 1;
    }
  }

  #digits(): number | undefined {
    const match = /\d+/y;
    match.lastIndex = this.#at;
    const digits = match.exec(this.#format)?.[0];
    if (digits === undefined) return undefined;
    this.#at += digits.length;
    return Number(digits);
  }

  #starValue(): number | undefined {
    const value = this.#args[this.#arg];
    if (this.#arg < this.#args.length) this.#arg += 1;
    const whole = value instanceof GoInt ? Number(value.value) : isGoInt(value) ? Number(value) : undefined;
    return whole === undefined || Math.abs(whole) > 1e6 ? undefined : whole;
  }

  /** `[3]` before a verb. */
  #argumentIndex(): boolean {
    if (this.#format[this.#at] !== '[') return false;
    this.#reordered = true;
    const close = this.#format.indexOf(']', this.#at);
    if (close < 0) {
      this.#goodIndex = false;
      this.#at += 1;
      return false;
    }
    const digits = this.#format.slice(this.#at + 1, close);
    this.#at = close + 1;
    const number = /^\d+$/.test(digits) ? Number(digits) : 0;
    if (number < 1 || number > this.#args.length) {
      this.#goodIndex = false;
      return true;
    }
    this.#arg = number - 1;
    return true;
  }
}

const pad = (text: string, spec: Spec): string => {
  const missing = (spec.width ?? 0) - Array.from(text).length;
  if (missing <= 0) return text;
  if (spec.minus) return text + ' '.repeat(missing);
  return (spec.zero ? '0' : ' ').repeat(missing) + text;
};

const wrong = (value: unknown, verb: string, spec: Spec): string =>
  value === null || value === undefined ? `%!${verb}(<nil>)` : `%!${verb}(${goType(value)}=${formatValue(value, 'v', spec)})`;

/** One value with one verb. */
const formatValue = (value: unknown, verb: string, spec: Spec): string => {
  if (value === null || value === undefined) {
    if (verb === 'T' || verb === 'v') return pad('<nil>', {...spec, zero: false});
    return wrong(value, verb, spec);
  }
  if (verb === 'T') return pad(cut(goType(value), spec.precision), spec);
  if (verb === 'p') return wrong(value, verb, spec);
  if (typeof value === 'string') return formatString(value, verb, spec);
  if (typeof value === 'boolean') return verb === 't' || verb === 'v' ? pad(String(value), spec) : wrong(value, verb, spec);
  if (value instanceof GoInt) return formatInt(value, value.value, verb, spec);
  if (isGoInt(value)) return formatInt(value, BigInt(value), verb, spec);
  if (value instanceof GoFloat || typeof value === 'number') return formatFloat(Number(value), value, verb, spec);
  return formatContainer(value, verb, spec);
};

const formatContainer = (value: object, verb: string, spec: Spec): string => {
  if (verb === 'v' && spec.sharpV === true) return goSyntax(value);
  // Flags and width go down to every element.
  const inner = (item: unknown): string => (item === null || item === undefined ? '<nil>' : formatValue(item, verb, spec));
  if (Array.isArray(value)) return `[${value.map(inner).join(' ')}]`;
  const map = value as Record<string, unknown>;
  const keys = sortedKeys(map).filter((key) => map[key] !== undefined);
  return `map[${keys.map((key) => `${formatValue(key, verb, spec)}:${inner(map[key])}`).join(' ')}]`;
};

const cut = (text: string, precision: number | undefined): string =>
  precision === undefined ? text : Array.from(text).slice(0, precision).join('');

const formatString = (value: string, verb: string, spec: Spec): string => {
  switch (verb) {
    case 'v':
      return spec.sharpV === true ? pad(goQuote(value), spec) : pad(cut(value, spec.precision), spec);
    case 's':
      return pad(cut(value, spec.precision), spec);
    case 'q': {
      const text = cut(value, spec.precision);
      if (spec.sharp && !/[`\u007f\ufeff]|[\u0000-\u0008\u000a-\u001f]/.test(text)) return pad(`\`${text}\``, spec);
      return pad(goQuote(text, spec.plus), spec);
    }
    case 'x':
    case 'X': {
      let bytes = Buffer.from(value);
      if (spec.precision !== undefined) bytes = bytes.subarray(0, spec.precision);
      if (bytes.length === 0) return pad('', {...spec, zero: spec.zero});
      const prefix = spec.sharp ? `0${verb}` : '';
      const pairs = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'));
      const text = spec.space
        ? pairs.map((pair) => prefixed(pair, prefix, verb)).join(' ')
        : prefixed(pairs.join(''), prefix, verb);
      return pad(text, spec);
    }
    default:
      return wrong(value, verb, spec);
  }
};

const prefixed = (digits: string, prefix: string, verb: string): string => prefix + (verb === 'X' ? digits.toUpperCase() : digits);

const formatInt = (value: unknown, whole: bigint, verb: string, spec: Spec): string => {
  switch (verb) {
    case 'v':
      if (spec.sharpV === true && value instanceof GoByte) return integer(whole, 16, '0x', spec, false);
      return integer(whole, 10, '', spec, false);
    case 'd':
      return integer(whole, 10, '', spec, false);
    case 'b':
      return integer(whole, 2, spec.sharp ? '0b' : '', spec, false);
    case 'o':
      return integer(whole, 8, spec.sharp ? '0' : '', spec, false);
    case 'O':
      return integer(whole, 8, '0o', spec, false);
    case 'x':
      return integer(whole, 16, spec.sharp ? '0x' : '', spec, false);
    case 'X':
      return integer(whole, 16, spec.sharp ? '0X' : '', spec, true);
    case 'c':
      return pad(String.fromCodePoint(validRune(whole)), spec);
    case 'q':
      return pad(goQuoteRune(validRune(whole), spec.plus), spec);
    case 'U': {
      const digits = BigInt.asUintN(64, whole)
        .toString(16)
        .toUpperCase()
        .padStart(Math.max(4, spec.precision ?? 0), '0');
      const char = spec.sharp && whole >= 0n && whole <= 0x10ffffn ? String.fromCodePoint(Number(whole)) : '';
      return pad(`U+${digits}${char !== '' && isGoPrintable(char) ? ` '${char}'` : ''}`, {...spec, zero: false});
    }
    default:
      return wrong(value, verb, spec);
  }
};

const validRune = (whole: bigint): number =>
  whole < 0n || whole > 0x10ffffn || (whole >= 0xd800n && whole < 0xe000n) ? 0xfffd : Number(whole);

const integer = (whole: bigint, base: number, prefix: string, spec: Spec, upper: boolean): string => {
  const negative = whole < 0n;
  const sign = negative ? '-' : spec.plus ? '+' : spec.space ? ' ' : '';
  if (spec.precision === 0 && whole === 0n) return ' '.repeat(spec.width ?? 0);
  let digits = (negative ? -whole : whole).toString(base);
  if (upper) digits = digits.toUpperCase();
  if (spec.precision !== undefined) digits = digits.padStart(spec.precision, '0');
  else if (spec.zero && !spec.minus && spec.width !== undefined) digits = digits.padStart(spec.width - sign.length, '0');
  const lead = base === 8 && prefix === '0' && digits.startsWith('0') ? '' : prefix;
  return pad(`${sign}${lead}${digits}`, {...spec, zero: false});
};

const formatFloat = (value: number, original: unknown, verb: string, spec: Spec): string => {
  const {precision} = spec;
  let text: string;
  switch (verb) {
    case 'v':
    case 'g':
    case 'G':
      text = precision === undefined ? formatFloatG(value) : formatFloatGeneral(value, precision);
      break;
    case 'e':
    case 'E':
      text = formatFloatExponent(value, precision ?? 6);
      break;
    case 'f':
    case 'F':
      text = Number.isFinite(value) ? formatFloatFixed(value, precision ?? 6) : formatFloatPlain(value);
      break;
    default:
      return wrong(original, verb, spec);
  }
  if (verb === 'E' || verb === 'G') text = text.toUpperCase();
  if (!/^[-+]/.test(text)) text = spec.plus ? `+${text}` : spec.space ? ` ${text}` : text;
  else if (text.startsWith('+') && !spec.plus) text = spec.space ? ` ${text.slice(1)}` : text;
  if (spec.zero && !spec.minus && spec.width !== undefined && Number.isFinite(value)) {
    const sign = /^[-+ ]/.exec(text)?.[0] ?? '';
    return sign + text.slice(sign.length).padStart(spec.width - sign.length, '0');
  }
  return pad(text, {...spec, zero: false});
};
