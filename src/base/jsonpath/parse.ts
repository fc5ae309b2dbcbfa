// Parses kubectl's JSONPath dialect, which is not RFC 9535: text outside braces, range/end, single-quoted keys, Go escapes.
// The error texts are those of client-go's util/jsonpath.
import {goNumber} from '../json/read.ts';
import {GoFloat} from '../go-number.ts';
import {unquote} from './unquote.ts';
import type {PathList, SlicePart} from './nodes.ts';

/** Parses a template. Throws an Error with client-go's message. */
export const parseJsonPath = (text: string): PathList => new Parser(text).template();

const list = (): PathList => ({type: 'list', nodes: []});

/** The inside of one action, as brackets and filters are parsed again on their own. */
const parseAction = (text: string): PathList => {
  const action = parseJsonPath(`{${text}}`).nodes[0];
  return action?.type === 'list' ? action : list();
};

const isTerminator = (char: string): boolean => char === '' || ' \t\r\n.,[]$@{}'.includes(char);
const isWord = (char: string): boolean => char !== '' && /^[_\p{L}\p{Nd}]$/u.test(char);
const isDigit = (char: string): boolean => char !== '' && /^\p{Nd}$/u.test(char);

const characterName = (char: string): string => {
  const code = char.codePointAt(0)!;
  const hex = code.toString(16).toUpperCase().padStart(4, '0');
  return /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u.test(char) ? `U+${hex} '${char}'` : `U+${hex}`;
};

class Parser {
  readonly #input: string;
  readonly #root = list();
  #start = 0;
  #at = 0;

  constructor(input: string) {
    this.#input = input;
  }

  template(): PathList {
    for (;;) {
      const open = this.#input.indexOf('{', this.#at);
      this.#at = open < 0 ? this.#input.length : open;
      if (this.#at > this.#start) this.#root.nodes.push({type: 'text', text: this.#take()});
      if (open < 0) return this.#root;
      this.#at += 1;
      this.#take();
      const action = list();
      this.#root.nodes.push(action);
      this.#action(action);
    }
  }

  #take(): string {
    const text = this.#input.slice(this.#start, this.#at);
    this.#start = this.#at;
    return text;
  }

  #peek(): string {
    const code = this.#input.codePointAt(this.#at);
    return code === undefined ? '' : String.fromCodePoint(code);
  }

  #next(): string {
    const char = this.#peek();
    this.#at += char.length;
    return char;
  }

  #startsWith(prefix: string): boolean {
    return this.#input.startsWith(prefix, this.#at);
  }

  #action(into: PathList): void {
    for (;;) {
      if (this.#startsWith('}')) {
        this.#at += 1;
        this.#take();
        return;
      }
      if (this.#startsWith('[?(')) {
        this.#filter(into);
        continue;
      }
      if (this.#startsWith('..')) {
        this.#recursive(into);
        continue;
      }
      const char = this.#next();
      if (char === '' || char === '\r' || char === '\n') throw new Error('unclosed action');
      if (char === ' ' || char === '@' || char === '$') this.#take();
      else if (char === '[') this.#array(into);
      else if (char === '"' || char === "'") this.#quote(into, char);
      else if (char === '.') this.#field(into);
      else if (char === '+' || char === '-' || isDigit(char)) this.#number(into);
      else if (isWord(char)) this.#identifier(into);
      else throw new Error(`unrecognized character in action: ${characterName(char)}`);
    }
  }

  #identifier(into: PathList): void {
    while (!isTerminator(this.#peek())) this.#next();
    const name = this.#take();
    into.nodes.push(name === 'true' || name === 'false' ? {type: 'bool', value: name === 'true'} : {type: 'identifier', name});
  }

  #recursive(into: PathList): void {
    if (into.nodes.at(-1)?.type === 'recursive') throw new Error('invalid multiple recursive descent');
    this.#at += 2;
    this.#take();
    into.nodes.push({type: 'recursive'});
    if (isWord(this.#peek())) this.#field(into);
  }

  #field(into: PathList): void {
    this.#take();
    while (!isTerminator(this.#peek())) {
      // A backslash takes the next character with it, whatever it is.
      if (this.#next() === '\\') this.#next();
    }
    const name = this.#take();
    into.nodes.push(name === '*' ? {type: 'wildcard'} : {type: 'field', name: name.replaceAll('\\', '')});
  }

  #number(into: PathList): void {
    while (this.#peek() === '.' || isDigit(this.#peek())) this.#next();
    const text = this.#take();
    if (/^[+-]?\d+$/.test(text)) {
      const value = goNumber(text.replace(/^\+/, '').replace(/^(-?)0+(?=\d)/, '$1'));
      into.nodes.push({type: 'number', value});
    } else if (/^[+-]?(\d+\.\d*|\.\d+)$/.test(text)) {
      into.nodes.push({type: 'number', value: new GoFloat(Number(text))});
    } else throw new Error(`cannot parse number ${text}`);
  }

  #quote(into: PathList, quote: string): void {
    for (;;) {
      const char = this.#next();
      if (char === '' || char === '\n') throw new Error('unterminated quoted string');
      if (char === quote && this.#input[this.#at - 2] !== '\\') break;
    }
    const quoted = this.#take();
    const text = unquote(quoted);
    if (text === undefined) throw new Error(`unquote string ${quoted} error invalid syntax`);
    into.nodes.push({type: 'text', text});
  }

  #array(into: PathList): void {
    for (;;) {
      const char = this.#next();
      if (char === '' || char === '\n') throw new Error('unterminated array');
      if (char === ']') break;
    }
    let text = this.#take().slice(1, -1);
    if (text === '*') text = ':';
    const parts = text.split(',');
    if (parts.length > 1) {
      into.nodes.push({type: 'union', paths: parts.map((part) => parseAction(`[${part.replace(/^ +| +$/g, '')}]`))});
      return;
    }
    const key = /^'([^']*)'$/.exec(text);
    if (key !== null) into.nodes.push(...parseAction(`.${key[1]}`).nodes);
    else into.nodes.push({type: 'array', parts: slice(text)});
  }

  #filter(into: PathList): void {
    this.#at += 3;
    this.#take();
    let quote = '';
    let closed = false;
    for (;;) {
      const char = this.#next();
      if (char === '' || char === '\n') throw new Error('unterminated filter');
      if (char === '"' || char === "'") {
        if (quote === '') quote = char;
        else if (char === quote && this.#input[this.#at - 2] !== '\\') closed = true;
      } else if (char === ')' && (quote === '' ? !closed : closed)) break;
    }
    if (this.#next() !== ']') throw new Error('unclosed array expect ]');
    const text = this.#take().slice(0, -2);
    const comparison = /^([^!<>=]+)([!<>=]+)(.+?)$/.exec(text);
    if (comparison === null) {
      into.nodes.push({type: 'filter', left: parseAction(text), right: list(), operator: 'exists'});
      return;
    }
    const [, left = '', operator = '', right = ''] = comparison;
    into.nodes.push({type: 'filter', left: parseAction(left), right: parseAction(right), operator});
  }
}

const slice = (text: string): [SlicePart, SlicePart, SlicePart] => {
  const match = /^(-?\d*)(:-?\d*)?(:-?\d*)?$/.exec(text);
  if (match === null) throw new Error(`invalid array index ${text}`);
  const parts: SlicePart[] = [];
  for (let index = 0; index < 3; index += 1) {
    const piece = match[index + 1] ?? '';
    const digits = index > 0 ? piece.slice(1) : piece;
    if (piece === '' && index === 1) parts.push({value: parts[0]!.value + 1, known: true, derived: true});
    else if (digits === '') parts.push({value: 0, known: false, derived: false});
    else if (digits === '-') throw new Error(`array index ${digits} is not a number`);
    else parts.push({value: Number(digits), known: true, derived: false});
  }
  return parts as [SlicePart, SlicePart, SlicePart];
};
