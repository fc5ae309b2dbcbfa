// Cuts a Go template into tokens, with text/template's error texts.
import {goQuote, isGoPrintable} from '../go-syntax.ts';

/** Kinds of tokens. */
export type TokenKind =
  | 'error'
  | 'bool'
  | 'char'
  | 'charConstant'
  | 'complex'
  | 'assign'
  | 'declare'
  | 'eof'
  | 'field'
  | 'identifier'
  | 'leftDelim'
  | 'leftParen'
  | 'number'
  | 'pipe'
  | 'rawString'
  | 'rightDelim'
  | 'rightParen'
  | 'space'
  | 'string'
  | 'text'
  | 'variable'
  | 'keyword'
  | 'dot'
  | 'nil';

/** One token; `at` is its index in the source, `line` counts from 1. */
export type Token = {readonly kind: TokenKind; readonly text: string; readonly at: number; readonly line: number};

const KEYWORDS = new Set(['block', 'break', 'continue', 'define', 'else', 'end', 'if', 'range', 'template', 'with']);
const SPACES = ' \t\r\n';
const WORD = /^[_\p{L}\p{Nd}]$/u;

const isSpace = (char: string): boolean => char !== '' && SPACES.includes(char);
const isWord = (char: string): boolean => char !== '' && WORD.test(char);

/** `%#U` of a character: `U+0026 '&'`. */
export const unicodeName = (char: string): string => {
  const code = char === '' ? -1 : char.codePointAt(0)!;
  // Go's "end of file" is -1, which %U prints as two's complement.
  if (code < 0) return 'U+FFFFFFFFFFFFFFFF';
  const name = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  return isGoPrintable(char) ? `${name} '${char}'` : name;
};

/** A token as error messages show it. */
export const tokenText = (token: Token): string => {
  if (token.kind === 'eof') return 'EOF';
  if (token.kind === 'error') return token.text;
  if (token.kind === 'keyword' || token.kind === 'dot' || token.kind === 'nil') return `<${token.text}>`;
  if (Buffer.byteLength(token.text) > 10) return `${goQuote(Array.from(token.text).slice(0, 10).join(''))}...`;
  return goQuote(token.text);
};

/** All tokens; the last one is `eof` or `error`. */
export const lexTemplate = (source: string): Token[] => new Lexer(source).run();

class LexError extends Error {}

class Lexer {
  readonly #source: string;
  readonly #tokens: Token[] = [];
  #at = 0;
  #start = 0;
  #line = 1;
  #depth = 0;

  constructor(source: string) {
    this.#source = source;
  }

  run(): Token[] {
    try {
      while (this.#text()) this.#action();
    } catch (error) {
      if (!(error instanceof LexError)) throw error;
      this.#push('error', error.message, this.#start, this.#line);
    }
    return this.#tokens;
  }

  #push(kind: TokenKind, text: string, at: number, line: number): void {
    this.#tokens.push({kind, text, at, line});
  }

  #emit(kind: TokenKind): void {
    const text = this.#source.slice(this.#start, this.#at);
    this.#push(kind, text, this.#start, this.#line);
    this.#ignore();
  }

  #ignore(): void {
    for (let index = this.#start; index < this.#at; index += 1) if (this.#source[index] === '\n') this.#line += 1;
    this.#start = this.#at;
  }

  #peek(): string {
    const code = this.#source.codePointAt(this.#at);
    return code === undefined ? '' : String.fromCodePoint(code);
  }

  #next(): string {
    const char = this.#peek();
    this.#at += char.length;
    return char;
  }

  #startsWith(text: string, ahead = 0): boolean {
    return this.#source.startsWith(text, this.#at + ahead);
  }

  #rightTrimMarker(at: number): boolean {
    return isSpace(this.#source[at] ?? '') && this.#source[at + 1] === '-';
  }

  /** Text up to the next action; false at the end. */
  #text(): boolean {
    for (;;) {
      const open = this.#source.indexOf('{{', this.#at);
      if (open < 0) {
        this.#at = this.#source.length;
        if (this.#at > this.#start) this.#emit('text');
        this.#push('eof', 'EOF', this.#at, this.#line);
        return false;
      }
      const trims = this.#source[open + 2] === '-' && isSpace(this.#source[open + 3] ?? '');
      let end = open;
      if (trims) while (end > this.#start && isSpace(this.#source[end - 1]!)) end -= 1;
      this.#at = end;
      if (end > this.#start) this.#emit('text');
      this.#at = open;
      this.#ignore();
      const body = open + (trims ? 4 : 2);
      if (!this.#source.startsWith('/*', body)) {
        this.#at = open + 2;
        this.#emit('leftDelim');
        this.#at = body;
        this.#ignore();
        return true;
      }
      this.#at = body;
      this.#ignore();
      this.#comment(body);
    }
  }

  #comment(body: number): void {
    const close = this.#source.indexOf('*/', body + 2);
    if (close < 0) throw new LexError('unclosed comment');
    this.#at = close + 2;
    const trims = this.#rightTrimMarker(this.#at) && this.#startsWith('}}', 2);
    if (!trims && !this.#startsWith('}}')) throw new LexError('comment ends before closing delimiter');
    this.#at += trims ? 4 : 2;
    if (trims) while (isSpace(this.#source[this.#at] ?? '')) this.#at += 1;
    this.#ignore();
  }

  /** Everything between the delimiters. */
  #action(): void {
    this.#depth = 0;
    for (;;) {
      const trims = this.#rightTrimMarker(this.#at) && this.#startsWith('}}', 2);
      if (trims || this.#startsWith('}}')) {
        if (this.#depth > 0) throw new LexError('unclosed left paren');
        this.#close(trims);
        return;
      }
      this.#inside();
    }
  }

  #close(trims: boolean): void {
    if (trims) {
      this.#at += 2;
      this.#ignore();
    }
    this.#at += 2;
    this.#emit('rightDelim');
    if (!trims) return;
    while (isSpace(this.#source[this.#at] ?? '')) this.#at += 1;
    this.#ignore();
  }

  #inside(): void {
    const char = this.#next();
    if (char === '') throw new LexError('unclosed action');
    if (isSpace(char)) this.#space();
    else if (char === '=') this.#emit('assign');
    else if (char === ':') {
      if (this.#next() !== '=') throw new LexError('expected :=');
      this.#emit('declare');
    } else if (char === '|') this.#emit('pipe');
    else if (char === '"') this.#quoted('"', 'string', 'unterminated quoted string');
    else if (char === "'") this.#quoted("'", 'charConstant', 'unterminated character constant');
    else if (char === '`') this.#raw();
    else if (char === '$') this.#name('variable');
    else if (char === '.' && !/[0-9]/.test(this.#peek()) && this.#at < this.#source.length) this.#name('field');
    else if (/^[-+.0-9]$/.test(char)) {
      this.#at -= 1;
      this.#number();
    } else if (isWord(char)) this.#identifier();
    else if (char === '(') {
      this.#depth += 1;
      this.#emit('leftParen');
    } else if (char === ')') {
      this.#depth -= 1;
      if (this.#depth < 0) throw new LexError('unexpected right paren');
      this.#emit('rightParen');
    } else if (char >= ' ' && char <= '~') this.#emit('char');
    else throw new LexError(`unrecognized character in action: ${unicodeName(char)}`);
  }

  #space(): void {
    while (isSpace(this.#peek())) this.#at += 1;
    // The last blank may belong to a closing " -}}".
    if (this.#rightTrimMarker(this.#at - 1) && this.#startsWith('}}', 1)) {
      this.#at -= 1;
      if (this.#at === this.#start) return;
    }
    this.#emit('space');
  }

  #atTerminator(): boolean {
    const char = this.#peek();
    return char === '' || isSpace(char) || '.,|:)('.includes(char) || this.#startsWith('}}');
  }

  #identifier(): void {
    while (isWord(this.#peek())) this.#next();
    if (!this.#atTerminator()) throw new LexError(`bad character ${unicodeName(this.#peek())}`);
    const word = this.#source.slice(this.#start, this.#at);
    if (KEYWORDS.has(word)) this.#emit('keyword');
    else if (word === 'nil') this.#emit('nil');
    else this.#emit(word === 'true' || word === 'false' ? 'bool' : 'identifier');
  }

  #name(kind: 'field' | 'variable'): void {
    if (this.#atTerminator()) {
      this.#emit(kind === 'variable' ? 'variable' : 'dot');
      return;
    }
    while (isWord(this.#peek())) this.#next();
    if (!this.#atTerminator()) throw new LexError(`bad character ${unicodeName(this.#peek())}`);
    this.#emit(kind);
  }

  #quoted(quote: string, kind: TokenKind, unterminated: string): void {
    for (;;) {
      const char = this.#next();
      if (char === '\\') {
        const after = this.#next();
        if (after !== '' && after !== '\n') continue;
        throw new LexError(unterminated);
      }
      if (char === '' || char === '\n') throw new LexError(unterminated);
      if (char === quote) break;
    }
    this.#emit(kind);
  }

  #raw(): void {
    const close = this.#source.indexOf('`', this.#at);
    if (close < 0) throw new LexError('unterminated raw quoted string');
    this.#at = close + 1;
    this.#emit('rawString');
  }

  #number(): void {
    const bad = (): LexError => new LexError(`bad number syntax: ${goQuote(this.#source.slice(this.#start, this.#at))}`);
    if (!this.#scanNumber()) throw bad();
    const sign = this.#peek();
    if (sign !== '+' && sign !== '-') {
      this.#emit('number');
      return;
    }
    if (!this.#scanNumber() || this.#source[this.#at - 1] !== 'i') throw bad();
    this.#emit('complex');
  }

  #scanNumber(): boolean {
    const match =
      /[-+]?(?:0[xX][0-9a-fA-F_]*(?:\.[0-9a-fA-F_]*)?(?:[pP][-+]?[0-9_]*)?|0[oO][0-7_]*(?:\.[0-7_]*)?|0[bB][01_]*(?:\.[01_]*)?|[0-9_]*(?:\.[0-9_]*)?(?:[eE][-+]?[0-9_]*)?)i?/y;
    match.lastIndex = this.#at;
    this.#at += match.exec(this.#source)?.[0].length ?? 0;
    if (!isWord(this.#peek())) return true;
    this.#next();
    return false;
  }
}
