// Bytes of a terminal in raw mode to inputs. Chunks may cut a sequence anywhere: what is incomplete is kept for the next one.
import {StringDecoder} from 'node:string_decoder';
import type {Input} from './input.ts';

const escape = '\x1b';
const pasteStart = `${escape}[200~`;
const pasteEnd = `${escape}[201~`;
/** An unfinished OSC or DCS longer than this is no answer to anything we asked. */
const longestString = 4096;

const letters: Readonly<Record<string, string>> = {
  A: 'up',
  B: 'down',
  C: 'right',
  D: 'left',
  E: '5',
  F: 'end',
  H: 'home',
  P: 'f1',
  Q: 'f2',
  R: 'f3',
  S: 'f4',
  Z: 'tab',
};
const numbers: Readonly<Record<number, string>> = {
  1: 'home',
  2: 'insert',
  3: 'delete',
  4: 'end',
  5: 'pageup',
  6: 'pagedown',
  7: 'home',
  8: 'end',
  11: 'f1',
  12: 'f2',
  13: 'f3',
  14: 'f4',
  15: 'f5',
  17: 'f6',
  18: 'f7',
  19: 'f8',
  20: 'f9',
  21: 'f10',
  23: 'f11',
  24: 'f12',
  25: 'f13',
  26: 'f14',
  28: 'f15',
  29: 'f16',
  31: 'f17',
  32: 'f18',
  33: 'f19',
  34: 'f20',
};
/** Key codes of the kitty protocol that are no characters. */
const codes: Readonly<Record<number, string>> = {
  9: 'tab',
  13: 'enter',
  27: 'esc',
  32: 'space',
  127: 'backspace',
  57414: 'enter',
  57417: 'left',
  57418: 'right',
  57419: 'up',
  57420: 'down',
};
const controls: Readonly<Record<string, string>> = {
  '\t': 'tab',
  '\r': 'enter',
  '\n': 'ctrl+j',
  '\b': 'backspace',
  '\x7f': 'backspace',
  '\0': 'ctrl+space',
  '\x1c': 'ctrl+\\',
  '\x1d': 'ctrl+]',
  '\x1e': 'ctrl+^',
  '\x1f': 'ctrl+_',
};

const withModifiers = (key: string, modifiers: number): string => {
  const bits = Math.max(0, modifiers - 1);
  return `${bits & 4 ? 'ctrl+' : ''}${bits & 2 ? 'alt+' : ''}${bits & 1 ? 'shift+' : ''}${key}`;
};

/** The key that writes one character. */
const keyOfCharacter = (character: string): Input => {
  if (character === ' ') return {type: 'key', chord: 'space', text: ' '};
  const control = controls[character];
  if (control !== undefined) return {type: 'key', chord: control};
  if (character < ' ') return {type: 'key', chord: `ctrl+${String.fromCharCode(character.charCodeAt(0) + 96)}`};
  if (/^\p{Lu}$/u.test(character)) return {type: 'key', chord: `shift+${character.toLowerCase()}`, text: character};
  return {type: 'key', chord: character, text: character};
};

const channel = (hex: string): number => Number.parseInt(hex, 16) / (16 ** hex.length - 1);

/** An input with the bytes it came in; for programs that read the keys themselves. */
export type Typed = {readonly input: Input; readonly bytes: string};

/** Turns chunks into inputs. `push` bytes; after a short silence `flush` what waits, so that a lone Esc is a key. */
export class InputDecoder {
  readonly #utf8 = new StringDecoder('utf8');
  #rest = '';
  #paste: string | undefined;

  /** True when an escape waits for more bytes: flush it after about 20 ms. */
  get waiting(): boolean {
    return this.#rest !== '';
  }

  push(chunk: Buffer | string): readonly Input[] {
    return this.take(chunk).map(({input}) => input);
  }

  /** `push`, with the bytes of each input. */
  take(chunk: Buffer | string): readonly Typed[] {
    this.#rest += typeof chunk === 'string' ? chunk : this.#utf8.write(chunk);
    return this.#read(false);
  }

  /** Takes an unfinished sequence for the keys it would be: Esc, or Alt with a key. A paste is never cut. */
  flush(): readonly Input[] {
    return this.takeRest().map(({input}) => input);
  }

  /** `flush`, with the bytes of each input. */
  takeRest(): readonly Typed[] {
    return this.#paste === undefined ? this.#read(true) : [];
  }

  #read(final: boolean): readonly Typed[] {
    const typed: Typed[] = [];
    const inputs: Input[] = [];
    const add = (bytes: string): void => {
      for (const input of inputs.splice(0)) typed.push({input, bytes});
    };
    while (this.#rest !== '') {
      if (this.#paste !== undefined) {
        const complete = this.#readPaste(inputs);
        add('');
        if (!complete) break;
        continue;
      }
      const used = this.#rest.startsWith(escape) ? this.#readEscape(inputs, final) : this.#readCharacter(inputs);
      if (used === 0) break;
      add(this.#rest.slice(0, used));
      this.#rest = this.#rest.slice(used);
    }
    return typed;
  }

  #readCharacter(inputs: Input[]): number {
    const character = String.fromCodePoint(this.#rest.codePointAt(0) ?? 0);
    inputs.push(keyOfCharacter(character));
    return character.length;
  }

  /** Collects until the end mark; the mark itself may be cut between chunks. */
  #readPaste(inputs: Input[]): boolean {
    const end = this.#rest.indexOf(pasteEnd);
    if (end < 0) {
      const keep = Math.min(this.#rest.length, pasteEnd.length - 1);
      this.#paste += this.#rest.slice(0, this.#rest.length - keep);
      this.#rest = this.#rest.slice(this.#rest.length - keep);
      return false;
    }
    inputs.push({type: 'paste', text: (this.#paste ?? '') + this.#rest.slice(0, end)});
    this.#paste = undefined;
    this.#rest = this.#rest.slice(end + pasteEnd.length);
    return true;
  }

  /** Characters used, or 0 when more are needed. */
  #readEscape(inputs: Input[], final: boolean): number {
    const text = this.#rest;
    const second = text[1];
    if (second === undefined) return final ? this.#key(inputs, 'esc', 1) : 0;
    if (second === '[') return this.#readCsi(inputs, final);
    if (second === 'O') {
      const third = text[2];
      if (third === undefined) return final ? this.#key(inputs, 'alt+shift+o', 2) : 0;
      const name = third === 'M' ? 'enter' : letters[third];
      return name === undefined ? 3 : this.#key(inputs, name, 3);
    }
    if (second === ']' || second === 'P' || second === '_' || second === '^') return this.#readString(inputs, final);
    if (second === escape) {
      // Alt with an arrow arrives as two escapes from some terminals; two real Esc presses look the same until more comes.
      if (text.length === 2 && !final) return 0;
      return this.#key(inputs, 'esc', 1);
    }
    const character = String.fromCodePoint(text.codePointAt(1) ?? 0);
    const plain = keyOfCharacter(character);
    if (plain.type !== 'key') return 2;
    return this.#key(
      inputs,
      plain.chord.startsWith('ctrl+') ? `ctrl+alt+${plain.chord.slice(5)}` : `alt+${plain.chord}`,
      1 + character.length,
    );
  }

  #key(inputs: Input[], chord: string, used: number): number {
    inputs.push({type: 'key', chord});
    return used;
  }

  #readCsi(inputs: Input[], final: boolean): number {
    const text = this.#rest;
    if (text.startsWith(pasteStart)) {
      this.#paste = '';
      return pasteStart.length;
    }
    if (text.startsWith(`${escape}[M`)) return text.length >= 6 ? 6 : final ? text.length : 0;
    if (text.startsWith(`${escape}[[`)) {
      const letter = text.charCodeAt(3);
      if (Number.isNaN(letter)) return final ? text.length : 0;
      return this.#key(inputs, `f${letter - 64}`, 4);
    }
    // eslint-disable-next-line no-control-regex -- a control sequence starts with ESC
    const match = /^\x1b\[([<-?]?)([0-9:;]*)([ -/]*)([@-~])/.exec(text);
    if (match === null) {
      if (text.length === 2) return final ? this.#key(inputs, 'alt+[', 2) : 0;
      // eslint-disable-next-line no-control-regex -- the same
      return /^\x1b\[[0-?]*[ -/]*$/.test(text) && text.length < 64 && !final ? 0 : 2;
    }
    const [whole, lead = '', parameters = '', , finalByte = ''] = match;
    const input = lead === '<' ? mouse(parameters, finalByte) : lead === '' ? csiKey(parameters, finalByte) : undefined;
    if (input !== undefined) inputs.push(input);
    return whole.length;
  }

  /** OSC, DCS and APC end with BEL or ST. Only the background colour is of interest; the rest is swallowed. */
  #readString(inputs: Input[], final: boolean): number {
    const text = this.#rest;
    // eslint-disable-next-line no-control-regex -- string sequences end with BEL or ESC backslash
    const end = /\x07|\x1b\\/.exec(text.slice(2));
    if (end === null) {
      if (text.length > longestString) return text.length;
      if (!final) return 0;
      return text.length === 2 ? this.#key(inputs, `alt+${text[1]?.toLowerCase() ?? ''}`, 2) : text.length;
    }
    const body = text.slice(2, 2 + end.index);
    const colour = /^11;rgba?:([0-9a-f]{1,4})\/([0-9a-f]{1,4})\/([0-9a-f]{1,4})/i.exec(body);
    if (colour !== null) {
      const [, red = '0', green = '0', blue = '0'] = colour;
      inputs.push({type: 'background', red: channel(red), green: channel(green), blue: channel(blue)});
    }
    return 2 + end.index + end[0].length;
  }
}

const mouse = (parameters: string, finalByte: string): Input | undefined => {
  const [button = 0, column = 1, row = 1] = parameters.split(';').map(Number);
  const at = {x: column - 1, y: row - 1};
  if (finalByte !== 'M') return undefined;
  if ((button & 64) !== 0) return (button & 3) < 2 ? {type: 'wheel', by: (button & 1) === 0 ? -1 : 1, ...at} : undefined;
  return (button & 0b100011) === 0 ? {type: 'press', ...at} : undefined;
};

const csiKey = (parameters: string, finalByte: string): Input | undefined => {
  const groups = parameters.split(';').map((group) => group.split(':').map(Number));
  const first = groups[0]?.[0] ?? 0;
  const modifiers = groups[1]?.[0] ?? 1;
  if (finalByte === 'I' || finalByte === 'O') return parameters === '' ? {type: 'focus', on: finalByte === 'I'} : undefined;
  if (finalByte === 'u') {
    // The third value of the second group says pressed, repeated or released; a release is no key press.
    if (groups[1]?.[1] === 3) return undefined;
    return characterKey(first, modifiers);
  }
  if (finalByte === '~') {
    if (first === 27) return characterKey(groups[2]?.[0] ?? 0, modifiers);
    const name = numbers[first];
    return name === undefined ? undefined : {type: 'key', chord: withModifiers(name, modifiers)};
  }
  if (finalByte === 'Z') return {type: 'key', chord: 'shift+tab'};
  // A cursor position report ends with R like F3 with modifiers does; only F3 has 1 in front.
  if (finalByte === 'R' && parameters !== '' && first !== 1) return undefined;
  const name = letters[finalByte];
  return name === undefined ? undefined : {type: 'key', chord: withModifiers(name, modifiers)};
};

const characterKey = (code: number, modifiers: number): Input | undefined => {
  const name = codes[code];
  if (name !== undefined)
    return {type: 'key', chord: withModifiers(name, modifiers), ...(name === 'space' && modifiers === 1 ? {text: ' '} : {})};
  if (code < 33 || (code >= 57344 && code <= 63743) || code > 0x10ffff) return undefined;
  const character = String.fromCodePoint(code);
  const bits = modifiers - 1;
  if ((bits & 6) === 0) return keyOfCharacter((bits & 1) === 1 ? character.toUpperCase() : character);
  const lower = character.toLowerCase();
  const shifted = (bits & 1) === 1 || lower !== character ? 1 : 0;
  return {type: 'key', chord: withModifiers(lower, (bits & 6) + shifted + 1)};
};
