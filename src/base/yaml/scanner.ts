// Cuts YAML 1.1 into tokens with the rules, limits and complaints of Go's yaml.v2, which kubectl reads manifests with.
import {Cursor, isBlank, isBlankOrEnd, isBreak, isEnd, type Mark} from './cursor.ts';
import {readBlock, readPlain, readQuoted} from './scalars.ts';

/** Kinds of tokens. */
export type TokenKind =
  | 'stream end'
  | 'directive'
  | 'document start'
  | 'document end'
  | 'block sequence'
  | 'block mapping'
  | 'block end'
  | '['
  | ']'
  | '{'
  | '}'
  | 'entry'
  | ','
  | 'key'
  | 'value'
  | 'alias'
  | 'anchor'
  | 'tag'
  | 'plain'
  | 'quoted';

/** One token; `text` is the content of a scalar, the name of an anchor or alias, or a tag. */
export type Token = {readonly kind: TokenKind; readonly start: Mark; readonly text: string};

type SimpleKey = {possible: boolean; readonly required: boolean; readonly token: number; readonly mark: Mark};

const NEVER_PLAIN = new Set([...'-?:,[]{}#&*!|>\'"%@`'].map((char) => char.charCodeAt(0)));
const DEEPEST = 10_000;

/** Gives tokens one by one, reading no further than yaml.v2 would, so that of two mistakes the same one is told. */
export class Scanner {
  readonly #cursor: Cursor;
  readonly #queue: Token[] = [];
  #taken = 0;
  #indent = -1;
  readonly #indents: number[] = [];
  #flow = 0;
  #keyAllowed = true;
  readonly #keys: SimpleKey[] = [];

  constructor(source: string) {
    this.#cursor = new Cursor(source);
    this.#noKey();
  }

  /** The next token, which stays. */
  peek(): Token {
    // A token that may turn out to be a key waits until that is known.
    while (this.#queue.length === 0 || this.#headMayBeKey()) this.#fetch();
    return this.#queue[0]!;
  }

  /** Takes the token last peeked at. */
  skip(): void {
    this.#queue.shift();
    this.#taken += 1;
  }

  #headMayBeKey(): boolean {
    for (const key of this.#keys) if (key.possible && key.token === this.#taken) return this.#stillKey(key);
    return false;
  }

  #push(kind: TokenKind, start: Mark, text = ''): void {
    this.#queue.push({kind, start, text});
  }

  #noKey(): void {
    this.#keys.push({possible: false, required: false, token: -1, mark: this.#cursor.mark});
  }

  /** Keys must stand on one line, within 1024 characters. */
  #stillKey(key: SimpleKey): boolean {
    if (!key.possible) return false;
    if (key.mark.line >= this.#cursor.line && key.mark.index + 1024 >= this.#cursor.index) return true;
    if (key.required) this.#cursor.fail("could not find expected ':'", key.mark);
    key.possible = false;
    return false;
  }

  #saveKey(): void {
    if (!this.#keyAllowed) return;
    const required = this.#flow === 0 && this.#indent === this.#cursor.column;
    this.#dropKey();
    this.#keys[this.#keys.length - 1] = {
      possible: true,
      required,
      token: this.#taken + this.#queue.length,
      mark: this.#cursor.mark,
    };
  }

  #dropKey(): void {
    const key = this.#keys.at(-1)!;
    if (key.possible && key.required) this.#cursor.fail("could not find expected ':'", key.mark);
    key.possible = false;
  }

  #roll(column: number, kind: 'block sequence' | 'block mapping', mark: Mark, at = this.#queue.length): void {
    if (this.#flow > 0 || this.#indent >= column) return;
    this.#indents.push(this.#indent);
    this.#indent = column;
    if (this.#indents.length > DEEPEST) this.#cursor.fail(`exceeded max depth of ${DEEPEST}`, this.#keys.at(-1)!.mark);
    this.#queue.splice(at, 0, {kind, start: mark, text: ''});
  }

  #unroll(column: number): void {
    if (this.#flow > 0) return;
    while (this.#indent > column) {
      this.#push('block end', this.#cursor.mark);
      this.#indent = this.#indents.pop()!;
    }
  }

  #toNextToken(): void {
    const cursor = this.#cursor;
    for (;;) {
      if (cursor.column === 0 && cursor.code() === 0xfeff) cursor.index += 1;
      while (cursor.is(' ') || ((this.#flow > 0 || !this.#keyAllowed) && cursor.is('\t'))) cursor.index += 1;
      if (cursor.is('#')) cursor.skipLine();
      if (!isBreak(cursor.code())) return;
      cursor.takeBreak();
      if (this.#flow === 0) this.#keyAllowed = true;
    }
  }

  #fetch(): void {
    const cursor = this.#cursor;
    this.#toNextToken();
    this.#unroll(cursor.column);
    const start = cursor.mark;
    const code = cursor.code();
    if (isEnd(code)) {
      this.#end();
      return;
    }
    const mark = cursor.atDocumentMark();
    if (start.column === 0 && code === 0x25) this.#directive(start);
    else if (mark !== undefined) this.#documentMark(mark === '---' ? 'document start' : 'document end', start);
    else if (!this.#indicator(cursor.source[start.index]!, start)) this.#plain(start, code);
  }

  #end(): void {
    this.#cursor.endLine();
    this.#unroll(-1);
    this.#dropKey();
    this.#keyAllowed = false;
    this.#push('stream end', this.#cursor.mark);
  }

  /** Fetches what an indicator begins; false when the character begins none here. */
  #indicator(char: string, start: Mark): boolean {
    const cursor = this.#cursor;
    const aloneOrFlow = (): boolean => this.#flow > 0 || isBlankOrEnd(cursor.code(1));
    switch (char) {
      case '[':
      case '{':
        this.#open(char, start);
        return true;
      case ']':
      case '}':
        this.#close(char, start);
        return true;
      case ',':
        this.#dropKey();
        this.#keyAllowed = true;
        break;
      case '-':
        if (!isBlankOrEnd(cursor.code(1))) return false;
        this.#blockItem('block sequence', 'block sequence entries are not allowed in this context', start);
        this.#keyAllowed = true;
        break;
      case '?':
        if (!aloneOrFlow()) return false;
        this.#blockItem('block mapping', 'mapping keys are not allowed in this context', start);
        this.#keyAllowed = this.#flow === 0;
        break;
      case ':':
        if (!aloneOrFlow()) return false;
        this.#value(start);
        return true;
      case '*':
      case '&':
        this.#anchor(char === '*' ? 'alias' : 'anchor', start);
        return true;
      case '!':
        this.#tag(start);
        return true;
      case '|':
      case '>':
        if (this.#flow > 0) return false;
        this.#dropKey();
        this.#keyAllowed = true;
        this.#push('quoted', start, readBlock(cursor, this.#indent));
        return true;
      case "'":
      case '"':
        this.#saveKey();
        this.#keyAllowed = false;
        this.#push('quoted', start, readQuoted(cursor));
        return true;
      default:
        return false;
    }
    cursor.index += 1;
    this.#push(char === ',' ? ',' : char === '-' ? 'entry' : 'key', start);
    return true;
  }

  #directive(start: Mark): void {
    const cursor = this.#cursor;
    this.#unroll(-1);
    this.#dropKey();
    this.#keyAllowed = false;
    const name = /^[A-Za-z0-9_-]*/.exec(cursor.source.slice(start.index + 1, start.index + 100))![0];
    cursor.index += 1 + name.length;
    if (name === '') cursor.fail('could not find expected directive name', start);
    if (!isBlankOrEnd(cursor.code())) cursor.fail('found unexpected non-alphabetical character', start);
    if (name !== 'YAML' && name !== 'TAG') cursor.fail('found unknown directive name', start);
    cursor.skipLine();
    if (isBreak(cursor.code())) cursor.takeBreak();
    this.#push('directive', start);
  }

  #documentMark(kind: 'document start' | 'document end', start: Mark): void {
    this.#unroll(-1);
    this.#dropKey();
    this.#keyAllowed = false;
    this.#cursor.index += 3;
    this.#push(kind, start);
  }

  #open(kind: '[' | '{', start: Mark): void {
    this.#saveKey();
    this.#noKey();
    this.#flow += 1;
    if (this.#flow > DEEPEST) this.#cursor.fail(`exceeded max depth of ${DEEPEST}`, start);
    this.#keyAllowed = true;
    this.#cursor.index += 1;
    this.#push(kind, start);
  }

  #close(kind: ']' | '}', start: Mark): void {
    this.#dropKey();
    if (this.#flow > 0) {
      this.#flow -= 1;
      this.#keys.pop();
    }
    this.#keyAllowed = false;
    this.#cursor.index += 1;
    this.#push(kind, start);
  }

  #blockItem(kind: 'block sequence' | 'block mapping', refusal: string, start: Mark): void {
    if (this.#flow === 0) {
      if (!this.#keyAllowed) this.#cursor.fail(refusal);
      this.#roll(start.column, kind, start);
    }
    this.#dropKey();
  }

  #value(start: Mark): void {
    const key = this.#keys.at(-1)!;
    if (this.#stillKey(key)) {
      // What came before was a key: tokens that say so go in front of it.
      const at = key.token - this.#taken;
      this.#queue.splice(at, 0, {kind: 'key', start: key.mark, text: ''});
      this.#roll(key.mark.column, 'block mapping', key.mark, at);
      key.possible = false;
      this.#keyAllowed = false;
    } else {
      if (this.#flow === 0) {
        if (!this.#keyAllowed) this.#cursor.fail('mapping values are not allowed in this context');
        this.#roll(start.column, 'block mapping', start);
      }
      this.#keyAllowed = this.#flow === 0;
    }
    this.#cursor.index += 1;
    this.#push('value', start);
  }

  #anchor(kind: 'alias' | 'anchor', start: Mark): void {
    const cursor = this.#cursor;
    this.#saveKey();
    this.#keyAllowed = false;
    const name = /^[0-9A-Za-z_-]*/.exec(cursor.source.slice(start.index + 1, start.index + 1000))![0];
    cursor.index += 1 + name.length;
    if (name === '' || !(isBlankOrEnd(cursor.code()) || '?:,]}%@`'.includes(cursor.source[cursor.index]!))) {
      cursor.fail('did not find expected alphabetic or numeric character', start);
    }
    this.#push(kind, start, name);
  }

  #tag(start: Mark): void {
    const cursor = this.#cursor;
    this.#saveKey();
    this.#keyAllowed = false;
    const verbatim = cursor.is('<', 1);
    const pattern = verbatim ? /!<[0-9A-Za-z_;/?:@&=+$,.!~*'()[\]%-]*>?/y : /![0-9A-Za-z_;/?:@&=+$,.!~*'()[\]%-]*/y;
    pattern.lastIndex = start.index;
    const text = pattern.exec(cursor.source)![0];
    cursor.index += text.length;
    if (verbatim && !text.endsWith('>')) cursor.fail("did not find the expected '>'", start);
    if (text === '!!' || text === '!<>') cursor.fail('did not find expected tag URI', start);
    if (!isBlankOrEnd(cursor.code())) cursor.fail('did not find expected whitespace or line break', start);
    this.#push('tag', start, text);
  }

  #plain(start: Mark, code: number): void {
    const cursor = this.#cursor;
    const lonely = isBlankOrEnd(cursor.code(1));
    const starts =
      (!isBlank(code) && !NEVER_PLAIN.has(code)) ||
      (code === 0x2d && !isBlank(cursor.code(1))) ||
      (this.#flow === 0 && (code === 0x3f || code === 0x3a) && !lonely);
    if (!starts) cursor.fail('found character that cannot start any token');
    this.#saveKey();
    this.#keyAllowed = false;
    const {text, endedLine} = readPlain(cursor, this.#indent + 1, this.#flow > 0);
    this.#push('plain', start, text);
    if (endedLine) this.#keyAllowed = true;
  }
}
