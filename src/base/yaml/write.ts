// Writes YAML byte for byte as sigs.k8s.io/yaml does: natural key order, minimal quotes, lines folded after column 80.
import {formatFloatG, formatFloatJson, GoFloat} from '../go-number.ts';
import {naturalKeys} from './natural-order.ts';
import {isPrintable, styleOf} from './scalar-style.ts';

const WIDTH = 80;
const INNER_BREAK = /[\u2028\u2029]/;
const INNER_BREAKS = /[\u2028\u2029]+(?=.)/gs;
const BREAKS = /[\n\r\u0085\u2028\u2029]/;

/** A document with its final line break. */
export const writeYaml = (value: unknown): string => {
  if (isMap(value) || Array.isArray(value)) {
    const out = new Emitter();
    out.root(value);
    return out.text;
  }
  const out = new Emitter();
  out.scalar(value, 2, true);
  return `${out.text}\n`;
};

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof GoFloat);

class Emitter {
  text = '';
  /** Column of the next character, counted in code points as yaml.v2 does. */
  #column = 0;

  root(value: unknown): void {
    if (Array.isArray(value)) {
      if (value.length === 0) this.#put('[]\n');
      else this.#sequence(value as unknown[], 0, false);
      return;
    }
    this.#mapping(value as Record<string, unknown>, 0, false);
    if (this.text === '') this.#put('{}\n');
  }

  #put(text: string): void {
    this.text += text;
    this.#column += text.length;
  }

  #newline(indent: number): void {
    this.text += `\n${' '.repeat(indent)}`;
    this.#column = indent;
  }

  #startLine(indent: number): void {
    this.text += ' '.repeat(indent);
    this.#column = indent;
  }

  #mapping(value: Record<string, unknown>, indent: number, inline: boolean): void {
    let first = inline;
    for (const key of naturalKeys(value)) {
      const item = value[key];
      if (item === undefined) continue;
      if (!first) this.#startLine(indent);
      first = false;
      if (this.#key(key, indent)) this.#item(item, indent);
      else this.#value(item, indent);
    }
  }

  /** Writes a key and its colon; true when it had to be a complex key, whose value starts on the colon's line. */
  #key(key: string, indent: number): boolean {
    const complex = BREAKS.test(key) || Buffer.byteLength(key) > 128;
    if (complex) {
      this.#put('? ');
      this.scalar(key, indent + 2, true);
      this.text += '\n';
      this.#startLine(indent);
    } else this.#styled(key, styleOf(key, true), indent, false);
    this.#put(':');
    return complex;
  }

  #value(item: unknown, indent: number): void {
    if (Array.isArray(item)) {
      if (item.length === 0) this.text += ' []\n';
      else {
        this.text += '\n';
        this.#sequence(item as unknown[], indent, false);
      }
      return;
    }
    if (isMap(item)) {
      if (isEmptyMap(item)) this.text += ' {}\n';
      else {
        this.text += '\n';
        this.#mapping(item, indent + 2, false);
      }
      return;
    }
    this.#put(' ');
    this.scalar(item, indent + 2, true);
    this.text += '\n';
  }

  #sequence(items: readonly unknown[], indent: number, inline: boolean): void {
    let first = inline;
    for (const item of items) {
      if (!first) this.#startLine(indent);
      first = false;
      this.#put('-');
      this.#item(item, indent);
    }
  }

  /** What follows a dash, or the colon of a complex key, on the same line. */
  #item(item: unknown, indent: number): void {
    this.#put(' ');
    if (Array.isArray(item) && item.length > 0) this.#sequence(item as unknown[], indent + 2, true);
    else if (isMap(item) && !isEmptyMap(item)) this.#mapping(item, indent + 2, true);
    else {
      this.scalar(item, indent + 2, true);
      this.text += '\n';
    }
  }

  /** A scalar or an empty collection; continuation lines go to `indent`. */
  scalar(value: unknown, indent: number, folds: boolean): void {
    switch (typeof value) {
      case 'string':
        this.#string(value, indent, folds);
        return;
      case 'number':
        this.#put(numberText(value));
        return;
      case 'bigint':
      case 'boolean':
        this.#put(String(value));
        return;
      default:
        if (value instanceof GoFloat) this.#put(numberText(value.value));
        else if (Array.isArray(value)) this.#put('[]');
        else this.#put(value === null || value === undefined ? 'null' : '{}');
    }
  }

  #string(text: string, indent: number, folds: boolean): void {
    // sigs.k8s.io/yaml reads the object's JSON as YAML first, where a raw NEL inside quotes is a line break and folds.
    const read = text.includes('\u0085') ? text.replace(/[ \t]*\u0085[ \t]*/g, ' ') : text;
    this.#styled(read, styleOf(read, false), indent, folds);
  }

  #styled(text: string, style: 'plain' | 'single' | 'double' | 'literal', indent: number, folds: boolean): void {
    // Short text cannot reach the margin, even when every character is escaped.
    const mayFold = folds && this.#column + text.length * 10 > WIDTH && text.includes(' ');
    if (style === 'literal') this.#literal(text, indent);
    else if (style === 'double') this.#double(text, indent, mayFold);
    else if (style === 'plain') {
      if (mayFold) this.#folded(text, indent, true);
      else this.#put(text);
    } else {
      this.#put("'");
      if (mayFold || BREAKS.test(text)) this.#folded(text, indent, false);
      else this.#put(text.replaceAll("'", "''"));
      this.#put("'");
    }
  }

  /** Plain or single-quoted text: a lone blank past the margin becomes a line break. */
  #folded(text: string, indent: number, plain: boolean): void {
    let spaces = false;
    for (let index = 0; index < text.length; index += 1) {
      const char = text[index]!;
      if (char === ' ') {
        const inside = plain || (index > 0 && index < text.length - 1);
        if (!spaces && this.#column > WIDTH && inside && text[index + 1] !== ' ') this.#newline(indent);
        else this.#put(' ');
        spaces = true;
        continue;
      }
      spaces = false;
      if (BREAKS.test(char)) {
        // Only U+2028 and U+2029 come here: yaml.v2 counts them as line breaks and indents what follows.
        this.text += char;
        this.#column = 0;
        if (index + 1 < text.length && !BREAKS.test(text[index + 1]!)) this.#startLine(indent);
        continue;
      }
      this.#put(char === "'" && !plain ? "''" : char);
    }
  }

  #double(text: string, indent: number, folds: boolean): void {
    this.#put('"');
    let spaces = false;
    // yaml.v2 looks for a byte order mark at the start of the text whatever it is writing, and so escapes all of it.
    const marked = text.startsWith('\ufeff');
    for (let index = 0; index < text.length;) {
      const code = text.codePointAt(index)!;
      const char = String.fromCodePoint(code);
      if (char === ' ' && !marked) {
        if (folds && !spaces && this.#column > WIDTH && index > 0 && index < text.length - 1) {
          this.#newline(indent);
          if (text[index + 1] === ' ') this.#put('\\');
        } else this.#put(' ');
        spaces = true;
      } else {
        spaces = false;
        this.#put(escaped(char, code, marked));
      }
      index += char.length;
    }
    this.#put('"');
  }

  #literal(text: string, indent: number): void {
    this.text += '|';
    if (/^[ \n\r\u0085\u2028\u2029]/.test(text)) this.text += '2';
    if (!/[\n\r\u0085\u2028\u2029]$/.test(text)) this.text += '-';
    else if (text.length === 1 || /[\n\r\u0085\u2028\u2029]{2}$/.test(text)) this.text += '+';
    const pad = ' '.repeat(indent);
    // The caller ends the line, so the last break of the text is left to it.
    const body = text.endsWith('\n') ? text.slice(0, -1) : text;
    for (const line of body.split('\n')) {
      if (line !== '' && !INNER_BREAK.test(line[0]!)) this.text += `\n${pad}`;
      else this.text += '\n';
      this.text += INNER_BREAK.test(line) ? line.replace(INNER_BREAKS, `$&${pad}`) : line;
    }
    this.#column = 0;
  }
}

const isEmptyMap = (value: Record<string, unknown>): boolean => {
  for (const key in value) if (value[key] !== undefined) return false;
  return true;
};

/** Objects reach yaml.v2 as JSON text, so a float that JSON prints as a whole number is written as an int. */
const numberText = (value: number): string => {
  if (Number.isSafeInteger(value) && !Object.is(value, -0)) return String(value);
  const json = formatFloatJson(value);
  if (!/^-?\d+$/.test(json)) return formatFloatG(value);
  const whole = BigInt(json);
  if (whole === 0n) return '0';
  return whole <= 2n ** 64n - 1n && whole >= -(2n ** 63n) ? whole.toString() : formatFloatG(value);
};

const NAMED: Readonly<Record<number, string>> = {
  0x00: '0',
  0x07: 'a',
  0x08: 'b',
  0x09: 't',
  0x0a: 'n',
  0x0b: 'v',
  0x0c: 'f',
  0x0d: 'r',
  0x1b: 'e',
  0x22: '"',
  0x5c: '\\',
  0x85: 'N',
  0xa0: '_',
  0x2028: 'L',
  0x2029: 'P',
};

const escaped = (char: string, code: number, always: boolean): string => {
  const breaks = code === 0x0a || code === 0x2028 || code === 0x2029;
  if (!always && isPrintable(code) && !breaks && code !== 0x22 && code !== 0x5c) return char;
  const name = NAMED[code];
  if (name !== undefined) return `\\${name}`;
  const hex = code.toString(16).toUpperCase();
  if (code <= 0xff) return `\\x${hex.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
};
