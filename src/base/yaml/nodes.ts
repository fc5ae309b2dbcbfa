// Parses the tokens of a YAML document into nodes, with yaml.v2's complaints about what does not belong where it stands.
import type {Mark} from './cursor.ts';
import {Scanner, type Token, type TokenKind} from './scanner.ts';

/** A piece of a document. Quoted scalars, and those with a tag other than a lone `!`, are not `plain`. */
export type YamlNode =
  | {readonly type: 'scalar'; readonly text: string; readonly tag: string; readonly plain: boolean}
  | {readonly type: 'sequence'; readonly items: YamlNode[]}
  | {readonly type: 'mapping'; readonly pairs: (readonly [YamlNode, YamlNode])[]}
  | {readonly type: 'alias'; readonly name: string; readonly target: YamlNode};

/** Tokens stand in an order that is no YAML. */
export class ParseError extends Error {
  readonly context: Mark | undefined;
  readonly at: Mark;

  constructor(problem: string, context: Mark | undefined, at: Mark) {
    super(problem);
    this.context = context;
    this.at = at;
  }
}

/** The first document of a text; undefined when there is none. Throws ScanError, ParseError or a plain Error. */
export const parseNodes = (source: string): YamlNode | undefined => new Parser(source).document();

const EMPTY: YamlNode = {type: 'scalar', text: '', tag: '', plain: true};

const STANDARD = 'tag:yaml.org,2002:';

class Parser {
  readonly #scanner: Scanner;
  readonly #anchors = new Map<string, YamlNode>();

  constructor(source: string) {
    this.#scanner = new Scanner(source);
  }

  #peek(): Token {
    return this.#scanner.peek();
  }

  #is(...kinds: readonly TokenKind[]): boolean {
    return kinds.includes(this.#peek().kind);
  }

  document(): YamlNode | undefined {
    if (this.#is('stream end')) return undefined;
    if (this.#is('directive', 'document start')) {
      while (this.#is('directive')) this.#scanner.skip();
      if (!this.#is('document start'))
        throw new ParseError('did not find expected <document start>', undefined, this.#peek().start);
      this.#scanner.skip();
      if (this.#is('directive', 'document start', 'document end', 'stream end')) return EMPTY;
    }
    const node = this.#node(true, false);
    // yaml.v2 looks at what follows too, and so meets a mistake that stands there.
    this.#peek();
    return node;
  }

  #node(block: boolean, indentless: boolean): YamlNode {
    const first = this.#peek();
    if (first.kind === 'alias') return this.#alias(first);
    let anchor: string | undefined;
    let tag = '';
    for (const kind of first.kind === 'anchor' ? (['anchor', 'tag'] as const) : (['tag', 'anchor'] as const)) {
      const token = this.#peek();
      if (token.kind !== kind) continue;
      if (kind === 'anchor') anchor = token.text;
      else tag = fullTag(token, first.start);
      this.#scanner.skip();
    }
    const {kind, start, text} = this.#peek();
    const decorated = anchor !== undefined || tag !== '';
    if (kind === 'plain' || kind === 'quoted') {
      this.#scanner.skip();
      return this.#named(anchor, {type: 'scalar', text, tag, plain: tag === '!' || (tag === '' && kind === 'plain')});
    }
    if (indentless && kind === 'entry') return this.#indentless(anchor);
    if (kind === '[') return this.#flowSequence(anchor);
    if (kind === '{') return this.#flowMapping(anchor);
    if (block && kind === 'block sequence') return this.#blockSequence(anchor);
    if (block && kind === 'block mapping') return this.#blockMapping(anchor);
    if (!decorated) throw new ParseError('did not find expected node content', first.start, start);
    return this.#named(anchor, {type: 'scalar', text: '', tag, plain: tag === ''});
  }

  #named<N extends YamlNode>(anchor: string | undefined, node: N): N {
    if (anchor !== undefined) this.#anchors.set(anchor, node);
    return node;
  }

  #alias(token: Token): YamlNode {
    const target = this.#anchors.get(token.text);
    if (target === undefined) throw new Error(`unknown anchor '${token.text}' referenced`);
    this.#scanner.skip();
    return {type: 'alias', name: token.text, target};
  }

  #blockSequence(anchor: string | undefined): YamlNode {
    const node = this.#named(anchor, {type: 'sequence', items: [] as YamlNode[]} as const);
    const {start} = this.#peek();
    this.#scanner.skip();
    while (this.#is('entry')) {
      this.#scanner.skip();
      node.items.push(this.#is('entry', 'block end') ? EMPTY : this.#node(true, false));
    }
    if (!this.#is('block end')) throw new ParseError("did not find expected '-' indicator", start, this.#peek().start);
    this.#scanner.skip();
    return node;
  }

  /** Items at the column of their mapping's keys. */
  #indentless(anchor: string | undefined): YamlNode {
    const node = this.#named(anchor, {type: 'sequence', items: [] as YamlNode[]} as const);
    while (this.#is('entry')) {
      this.#scanner.skip();
      node.items.push(this.#is('entry', 'key', 'value', 'block end') ? EMPTY : this.#node(true, false));
    }
    return node;
  }

  #blockMapping(anchor: string | undefined): YamlNode {
    const node = this.#named(anchor, {type: 'mapping', pairs: [] as [YamlNode, YamlNode][]} as const);
    const {start} = this.#peek();
    this.#scanner.skip();
    const part = (): YamlNode => {
      this.#scanner.skip();
      return this.#is('key', 'value', 'block end') ? EMPTY : this.#node(true, true);
    };
    while (this.#is('key')) {
      const key = part();
      node.pairs.push([key, this.#is('value') ? part() : EMPTY]);
    }
    if (!this.#is('block end')) throw new ParseError('did not find expected key', start, this.#peek().start);
    this.#scanner.skip();
    return node;
  }

  /** Goes to the next item of a flow collection; false at its end. */
  #flowItem(first: boolean, close: ']' | '}', start: Mark): boolean {
    if (this.#is(close)) return false;
    if (!first) {
      if (!this.#is(',')) throw new ParseError(`did not find expected ',' or '${close}'`, start, this.#peek().start);
      this.#scanner.skip();
    }
    return !this.#is(close);
  }

  #flowPair(close: ']' | '}'): readonly [YamlNode, YamlNode] {
    this.#scanner.skip();
    const key = this.#is('value', ',', close) ? EMPTY : this.#node(false, false);
    if (!this.#is('value')) return [key, EMPTY];
    this.#scanner.skip();
    return [key, this.#is(',', close) ? EMPTY : this.#node(false, false)];
  }

  #flowSequence(anchor: string | undefined): YamlNode {
    const node = this.#named(anchor, {type: 'sequence', items: [] as YamlNode[]} as const);
    const {start} = this.#peek();
    this.#scanner.skip();
    for (let first = true; this.#flowItem(first, ']', start); first = false) {
      node.items.push(this.#is('key') ? {type: 'mapping', pairs: [this.#flowPair(']')]} : this.#node(false, false));
    }
    this.#scanner.skip();
    return node;
  }

  #flowMapping(anchor: string | undefined): YamlNode {
    const node = this.#named(anchor, {type: 'mapping', pairs: [] as (readonly [YamlNode, YamlNode])[]} as const);
    const {start} = this.#peek();
    this.#scanner.skip();
    for (let first = true; this.#flowItem(first, '}', start); first = false) {
      node.pairs.push(this.#is('key') ? this.#flowPair('}') : [this.#node(false, false), EMPTY]);
    }
    this.#scanner.skip();
    return node;
  }
}

const fullTag = ({text, start}: Token, context: Mark): string => {
  if (text.startsWith('!<')) return text.slice(2, -1);
  if (text.startsWith('!!')) return STANDARD + text.slice(2);
  // Handles such as `!e!` are declared by directives, which cannot stand before a document of a Kubernetes manifest.
  if (/^![0-9A-Za-z_-]+!/.test(text)) throw new ParseError('found undefined tag handle', context, start);
  return text;
};
