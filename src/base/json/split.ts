// Takes the first JSON value off a text, with encoding/json's complaint when it is malformed.
import {goQuoteRune} from '../go-syntax.ts';

const WHITE = /[ \t\r\n]/;

/** The value and what stands after it, or Go's error text; offsets count from `before` bytes. */
export const splitJson = (source: string, before = 0): {readonly text: string; readonly rest: string} | string => {
  const scanner = new Scanner(source);
  const problem = scanner.value();
  if (problem !== undefined) {
    return scanner.ended ? problem : `json: offset ${before + Buffer.byteLength(source.slice(0, scanner.at)) + 1}: ${problem}`;
  }
  return {text: source.slice(0, scanner.at), rest: source.slice(scanner.at)};
};

class Scanner {
  at = 0;
  ended = false;
  readonly #source: string;

  constructor(source: string) {
    this.#source = source;
  }

  #blank(): string {
    while (WHITE.test(this.#source[this.at] ?? '')) this.at += 1;
    return this.#source[this.at] ?? '';
  }

  #bad(where: string): string {
    const char = this.#source.codePointAt(this.at);
    if (char === undefined) {
      this.ended = true;
      return 'unexpected EOF';
    }
    const shown = char === 39 ? `'\\''` : char === 34 ? `'"'` : goQuoteRune(char);
    return `invalid character ${shown} ${where}`;
  }

  value(): string | undefined {
    const char = this.#blank();
    if (char === '{') return this.#object();
    if (char === '[') return this.#array();
    if (char === '"') return this.#string();
    if (char === 't') return this.#literal('true');
    if (char === 'f') return this.#literal('false');
    if (char === 'n') return this.#literal('null');
    if (char === '-' || (char >= '0' && char <= '9')) return this.#number();
    return this.#bad('looking for beginning of value');
  }

  #object(): string | undefined {
    this.at += 1;
    if (this.#blank() === '}') {
      this.at += 1;
      return undefined;
    }
    for (;;) {
      if (this.#blank() !== '"') return this.#bad('looking for beginning of object key string');
      const problem = this.#string();
      if (problem !== undefined) return problem;
      if (this.#blank() !== ':') return this.#bad('after object key');
      this.at += 1;
      const inside = this.value();
      if (inside !== undefined) return inside;
      const next = this.#blank();
      if (next !== ',' && next !== '}') return this.#bad('after object key:value pair');
      this.at += 1;
      if (next === '}') return undefined;
    }
  }

  #array(): string | undefined {
    this.at += 1;
    if (this.#blank() === ']') {
      this.at += 1;
      return undefined;
    }
    for (;;) {
      const problem = this.value();
      if (problem !== undefined) return problem;
      const next = this.#blank();
      if (next !== ',' && next !== ']') return this.#bad('after array element');
      this.at += 1;
      if (next === ']') return undefined;
    }
  }

  #string(): string | undefined {
    for (this.at += 1; ; this.at += 1) {
      const char = this.#source[this.at];
      if (char === undefined || char < ' ') return this.#bad('in string literal');
      if (char === '"') {
        this.at += 1;
        return undefined;
      }
      if (char !== '\\') continue;
      this.at += 1;
      const escape = this.#source[this.at];
      if (escape === 'u') {
        for (let digit = 0; digit < 4; digit += 1) {
          this.at += 1;
          if (!/[0-9a-fA-F]/.test(this.#source[this.at] ?? '')) return this.#bad('in \\u hexadecimal character escape');
        }
      } else if (escape === undefined || !'"\\/bfnrt'.includes(escape)) return this.#bad('in string escape code');
    }
  }

  #literal(word: string): string | undefined {
    for (let index = 1; index < word.length; index += 1) {
      this.at += 1;
      if (this.#source[this.at] !== word[index])
        return this.#bad(`in literal ${word} (expecting ${goQuoteRune(word.charCodeAt(index))})`);
    }
    this.at += 1;
    return undefined;
  }

  #number(): string | undefined {
    const digits = (): boolean => {
      const start = this.at;
      while (/[0-9]/.test(this.#source[this.at] ?? '')) this.at += 1;
      return this.at > start;
    };
    if (this.#source[this.at] === '-') this.at += 1;
    if (this.#source[this.at] === '0') this.at += 1;
    else if (!digits()) return this.#bad('in numeric literal');
    if (this.#source[this.at] === '.') {
      this.at += 1;
      if (!digits()) return this.#bad('after decimal point in numeric literal');
    }
    if (/[eE]/.test(this.#source[this.at] ?? '')) {
      this.at += 1;
      if (/[-+]/.test(this.#source[this.at] ?? '')) this.at += 1;
      if (!digits()) return this.#bad('in exponent of numeric literal');
    }
    return undefined;
  }
}
