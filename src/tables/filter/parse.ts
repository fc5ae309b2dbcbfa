// The grammar of filters. Words side by side must all match; `or` and `|` between blanks bind weaker than `and`.
// What looks like a mistake while typing (an open bracket) is searched as plain text instead of being an error.

/** Operators of column comparisons. */
export type Operator = '=' | '!=' | '<' | '<=' | '>' | '>=' | '=~' | '!~';

/** A parsed filter. */
export type FilterNode =
  | {readonly type: 'and' | 'or'; readonly parts: readonly FilterNode[]}
  | {readonly type: 'not'; readonly part: FilterNode}
  | {readonly type: 'text'; readonly text: string}
  | {readonly type: 'regex'; readonly pattern: RegExp}
  | {readonly type: 'fuzzy'; readonly text: string}
  | {readonly type: 'labels'; readonly selector: string}
  | ComparisonNode;

/** `restarts>=5`. */
export type ComparisonNode = {
  readonly type: 'comparison';
  readonly column: number;
  readonly operator: Operator;
  readonly value: string;
};

type Word = {readonly text: string; readonly quoted: boolean};

const AND = new Set(['and', '&&']);
const OR = new Set(['or', '||', '|']);

/** Parses a filter; undefined when it holds no condition. Throws an Error fit for people. */
export const parseFilter = (text: string, columnOf: (word: string) => number): FilterNode | undefined =>
  new Parser(wordsOf(text), columnOf).run();

/** Words between blanks; quotes, slashes and the lists of label selectors keep blanks together. */
const wordsOf = (text: string): Word[] => {
  const words: Word[] = [];
  const pattern = /\s*(?:"([^"]*)"|(!?\/(?:[^/\\]|\\.)*\/[a-z]*)(?=\s|$|\))|([^\s"]*\([^()]*,[^()]*\)|[^\s"]+"[^"]*"|[^\s]+))/gy;
  for (const match of text.matchAll(pattern)) {
    if (match[1] !== undefined) words.push({text: match[1], quoted: true});
    else words.push(...split(match[2] ?? match[3] ?? ''));
  }
  return words;
};

/** Takes grouping brackets off a word: `(a` and `b)`; brackets inside a word belong to a regex or selector. */
const split = (text: string): Word[] => {
  const words: Word[] = [];
  let rest = text;
  const opens = (rest.match(/\(/g) ?? []).length;
  const closes = (rest.match(/\)/g) ?? []).length;
  if (opens > closes)
    for (let extra = opens - closes; extra > 0 && /^!?\(/.test(rest); extra -= 1) {
      words.push({text: rest.startsWith('!') ? '!(' : '(', quoted: false});
      rest = rest.replace(/^!?\(/, '');
    }
  const after: Word[] = [];
  if (closes > opens)
    for (let extra = closes - opens; extra > 0 && rest.endsWith(')'); extra -= 1) {
      after.push({text: ')', quoted: false});
      rest = rest.slice(0, -1);
    }
  if (rest !== '') words.push({text: rest, quoted: false});
  return [...words, ...after];
};

class Parser {
  readonly #words: readonly Word[];
  readonly #columnOf: (word: string) => number;
  #at = 0;

  constructor(words: readonly Word[], columnOf: (word: string) => number) {
    this.#words = words;
    this.#columnOf = columnOf;
  }

  run(): FilterNode | undefined {
    const node = this.#or();
    // A stray bracket is text.
    return this.#at < this.#words.length ? join('and', [node, {type: 'text', text: this.#words[this.#at]!.text}]) : node;
  }

  #is(words: ReadonlySet<string>): boolean {
    const word = this.#words[this.#at];
    return word !== undefined && !word.quoted && words.has(word.text.toLowerCase());
  }

  #or(): FilterNode | undefined {
    const parts: (FilterNode | undefined)[] = [this.#and()];
    while (this.#is(OR)) {
      this.#at += 1;
      parts.push(this.#and());
    }
    return join('or', parts);
  }

  #and(): FilterNode | undefined {
    const parts: (FilterNode | undefined)[] = [];
    while (this.#at < this.#words.length && !this.#is(OR) && !this.#closes()) {
      if (this.#is(AND)) this.#at += 1;
      else parts.push(this.#term());
    }
    return join('and', parts);
  }

  #closes(): boolean {
    const word = this.#words[this.#at];
    return word !== undefined && !word.quoted && word.text === ')';
  }

  #term(): FilterNode | undefined {
    const {text, quoted} = this.#words[this.#at]!;
    this.#at += 1;
    if (quoted) return text === '' ? undefined : {type: 'text', text};
    if (text === '(' || text === '!(') {
      const inner = this.#or();
      if (this.#closes()) this.#at += 1;
      return inner === undefined || text === '(' ? inner : {type: 'not', part: inner};
    }
    if (text === '-l' || text === '-f' || /^-l./.test(text)) return this.#flag(text);
    if (text === '!') {
      const next = this.#words[this.#at] === undefined || this.#closes() ? undefined : this.#term();
      return next === undefined ? undefined : {type: 'not', part: next};
    }
    if (text.startsWith('!') && text.length > 1) {
      const part = this.#word(text.slice(1));
      return part === undefined ? undefined : {type: 'not', part};
    }
    return this.#word(text);
  }

  #flag(flag: string): FilterNode | undefined {
    let value = flag.slice(2);
    if (value === '') {
      const words: string[] = [];
      // A set requirement has blanks of its own: `tier in (a,b)`.
      while (this.#at < this.#words.length && !this.#is(AND) && !this.#is(OR) && !this.#closes()) {
        words.push(this.#words[this.#at]!.text);
        this.#at += 1;
        if (flag === '-f' || (!/^(?:in|notin)$/.test(this.#words[this.#at]?.text ?? '') && !/^(?:in|notin)$/.test(words.at(-1)!)))
          break;
      }
      value = words.join(' ');
    }
    if (value === '') return undefined;
    return flag === '-f' ? {type: 'fuzzy', text: value} : {type: 'labels', selector: value};
  }

  #word(text: string): FilterNode | undefined {
    if (text.startsWith('~')) return text.length > 1 ? {type: 'fuzzy', text: text.slice(1)} : undefined;
    const slashes = /^\/(.+)\/([a-z]*)$/.exec(text);
    if (slashes !== null) return {type: 'regex', pattern: regex(slashes[1]!)};
    const compared = /^([\p{L}][\p{L}\p{N}_.()%/-]*?)(==|=~|!=|!~|<=|>=|=|<|>)(.*)$/u.exec(text);
    if (compared !== null) return this.#comparison(text, compared[1]!, compared[2]!, compared[3]!);
    return /[\\^$*+?()[\]{}|]/.test(text) ? orText(text) : {type: 'text', text};
  }

  #comparison(text: string, name: string, operator: string, raw: string): FilterNode | undefined {
    const column = this.#columnOf(name);
    const value = raw.replace(/^"(.*)"$/, '$1');
    if (column < 0) {
      // `app=web` means labels where no column is called so, as in K9s.
      return /^(?:=|==|!=)$/.test(operator) && /^[\w./-]+$/.test(name) ? {type: 'labels', selector: text} : {type: 'text', text};
    }
    // Still being typed: everything passes.
    if (value === '') return undefined;
    return {type: 'comparison', column, operator: (operator === '==' ? '=' : operator) as Operator, value};
  }
}

const regex = (source: string): RegExp => {
  try {
    return new RegExp(source, 'i');
  } catch (error) {
    throw new Error((error as Error).message.replace(/^Invalid regular expression: /, 'not a regular expression: '), {
      cause: error,
    });
  }
};

const orText = (text: string): FilterNode => {
  try {
    return {type: 'regex', pattern: new RegExp(text, 'i')};
  } catch {
    return {type: 'text', text};
  }
};

const join = (type: 'and' | 'or', parts: readonly (FilterNode | undefined)[]): FilterNode | undefined => {
  const given = parts.filter((part) => part !== undefined);
  return given.length > 1 ? {type, parts: given} : given[0];
};
