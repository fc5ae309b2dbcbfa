// Label selectors: read, matched and written as apimachinery's labels package does, error texts included.
import {compareBytes} from '../json/order.ts';
import {goQuote} from '../go-syntax.ts';
import {invalidValue, labelKeyProblems, labelValueProblems} from './validate.ts';

/** How a requirement compares. */
export type LabelOperator = '=' | '==' | '!=' | 'in' | 'notin' | 'exists' | '!' | 'gt' | 'lt';

/** One condition; values are sorted and without doubles. */
export type LabelRequirement = {readonly key: string; readonly operator: LabelOperator; readonly values: readonly string[]};

/** `metav1.LabelSelector`, as workloads carry it. */
export type LabelSelectorObject = {
  readonly matchLabels?: Readonly<Record<string, string>> | null;
  readonly matchExpressions?:
    readonly {readonly key: string; readonly operator: string; readonly values?: readonly string[] | null}[] | null;
};

type Labels = Readonly<Record<string, string>>;
type Token = {
  readonly kind: 'id' | 'end' | 'error' | ')' | ',' | '!' | '==' | '=' | '>' | '<' | '!=' | '(' | 'in' | 'notin';
  readonly text: string;
};

const SYMBOLS = new Set([')', ',', '!', '==', '=', '>', '<', '!=', '(']);

const tokensOf = (text: string): Token[] => {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    if (/[ \t\r\n]/.test(text[at]!)) {
      at += 1;
      continue;
    }
    const symbols = /^[=!(),<>]+/.exec(text.slice(at))?.[0];
    if (symbols === undefined) {
      const word = /^[^=!(),<> \t\r\n]+/.exec(text.slice(at))![0];
      tokens.push({kind: word === 'in' || word === 'notin' ? word : 'id', text: word});
      at += word.length;
      continue;
    }
    const two = symbols.slice(0, 2);
    const symbol = two.length === 2 && SYMBOLS.has(two) ? two : symbols[0]!;
    tokens.push({kind: symbol as Token['kind'], text: symbol});
    at += symbol.length;
  }
  tokens.push({kind: 'end', text: ''});
  return tokens;
};

/** Requirements of a selector such as `app=web,tier in (a,b),!old`, sorted by key. Throws apimachinery's message. */
export const parseLabelSelector = (selector: string): LabelRequirement[] =>
  new Parser(tokensOf(selector)).run().sort((a, b) => compareBytes(a.key, b.key));

class Parser {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  #peek(): Token {
    return this.#tokens[Math.min(this.#at, this.#tokens.length - 1)]!;
  }

  /** A token where values may stand: there `in` and `notin` are words like any other. */
  #value(token: Token): Token {
    return token.kind === 'in' || token.kind === 'notin' ? {kind: 'id', text: token.text} : token;
  }

  #take(): Token {
    const token = this.#peek();
    this.#at += 1;
    return token;
  }

  run(): LabelRequirement[] {
    const requirements: LabelRequirement[] = [];
    for (;;) {
      const token = this.#value(this.#peek());
      if (token.kind === 'end') return requirements;
      if (token.kind !== 'id' && token.kind !== '!')
        throw new Error(`found '${token.text}', expected: !, identifier, or 'end of string'`);
      try {
        requirements.push(this.#requirement());
      } catch (error) {
        throw new Error(`unable to parse requirement: ${(error as Error).message}`, {cause: error});
      }
      const next = this.#value(this.#take());
      if (next.kind === 'end') return requirements;
      if (next.kind !== ',') throw new Error(`found '${next.text}', expected: ',' or 'end of string'`);
      const after = this.#value(this.#peek());
      if (after.kind !== 'id' && after.kind !== '!') throw new Error(`found '${after.text}', expected: identifier after ','`);
    }
  }

  #requirement(): LabelRequirement {
    let token = this.#value(this.#take());
    const negated = token.kind === '!';
    if (negated) token = this.#value(this.#take());
    if (token.kind !== 'id') throw new Error(`found '${token.text}', expected: identifier`);
    const problems = labelKeyProblems(token.text);
    if (problems.length > 0) throw new Error(invalidValue('<nil>', token.text, problems.join('; ')));
    const next = this.#peek();
    if (negated) return labelRequirement(token.text, '!', []);
    if (next.kind === 'end' || next.kind === ',') return labelRequirement(token.text, 'exists', []);
    const operator = this.#operator();
    const values = operator === 'in' || operator === 'notin' ? this.#set() : this.#exact();
    return labelRequirement(token.text, operator, [...new Set(values)].sort(compareBytes));
  }

  #operator(): LabelOperator {
    const token = this.#take();
    switch (token.kind) {
      case '=':
      case '==':
      case '!=':
      case 'in':
      case 'notin':
        return token.kind;
      case '>':
        return 'gt';
      case '<':
        return 'lt';
      default:
        throw new Error(`found '${token.text}', expected: in, notin, =, ==, !=, gt, lt`);
    }
  }

  #exact(): string[] {
    const next = this.#value(this.#peek());
    if (next.kind === 'end' || next.kind === ',') return [''];
    this.#take();
    if (next.kind !== 'id') throw new Error(`found '${next.text}', expected: identifier`);
    return [next.text];
  }

  #set(): string[] {
    const open = this.#value(this.#take());
    if (open.kind !== '(') throw new Error(`found '${open.text}' expected: '('`);
    const first = this.#value(this.#peek());
    if (first.kind === ')') {
      this.#take();
      return [''];
    }
    if (first.kind !== 'id' && first.kind !== ',') throw new Error(`found '${first.text}', expected: ',', ')' or identifier`);
    const values = this.#list();
    this.#take();
    return values;
  }

  /** Up to the closing bracket, which stays; empty places between commas are empty values. */
  #list(): string[] {
    const values: string[] = [];
    for (;;) {
      const token = this.#value(this.#take());
      const next = this.#value(this.#peek());
      if (token.kind === 'id') {
        values.push(token.text);
        if (next.kind === ')') return values;
        if (next.kind !== ',') throw new Error(`found '${next.text}', expected: ',' or ')'`);
      } else if (token.kind === ',') {
        if (values.length === 0) values.push('');
        if (next.kind === ')') return [...values, ''];
        if (next.kind === ',') values.push('');
      } else throw new Error(`found '${token.text}', expected: ',', or identifier`);
    }
  }
}

/** A checked requirement. Throws apimachinery's message. */
export const labelRequirement = (key: string, operator: LabelOperator, values: readonly string[]): LabelRequirement => {
  const problems: string[] = [];
  const wrongKey = labelKeyProblems(key);
  if (wrongKey.length > 0) problems.push(invalidValue('key', key, wrongKey.join('; ')));
  if (operator === 'in' || operator === 'notin') {
    if (values.length === 0) problems.push("values: Invalid value: null: for 'in', 'notin' operators, values set can't be empty");
  } else if (operator === 'gt' || operator === 'lt') {
    values.forEach((value, index) => {
      if (!isInt64(value))
        problems.push(invalidValue(`values[${index}]`, value, "for 'Gt', 'Lt' operators, the value must be an integer"));
    });
  } else if (operator === 'exists' || operator === '!') {
    if (values.length > 0) {
      const shown = `[${values.map((value) => goQuote(value)).join(',')}]`;
      problems.push(`values: Invalid value: ${shown}: values set must be empty for exists and does not exist`);
    }
  }
  values.forEach((value, index) => {
    const wrong = labelValueProblems(value);
    if (wrong.length > 0) problems.push(invalidValue(`values[${index}][${key}]`, value, wrong.join('; ')));
  });
  if (problems.length > 0) throw new Error(problems.length === 1 ? problems[0]! : `[${problems.join(', ')}]`);
  return {key, operator, values};
};

const isInt64 = (text: string): boolean => {
  if (!/^[-+]?\d+$/.test(text)) return false;
  const value = BigInt(text.replace(/^\+/, ''));
  return value >= -(2n ** 63n) && value < 2n ** 63n;
};

/** Whether labels meet all requirements. */
export const matchesLabels = (requirements: readonly LabelRequirement[], labels: Labels): boolean =>
  requirements.every((requirement) => meets(requirement, labels));

const meets = ({key, operator, values}: LabelRequirement, labels: Labels): boolean => {
  const has = Object.hasOwn(labels, key);
  const value = labels[key] ?? '';
  switch (operator) {
    case 'exists':
      return has;
    case '!':
      return !has;
    case '=':
    case '==':
    case 'in':
      return has && values.includes(value);
    case '!=':
    case 'notin':
      return !has || !values.includes(value);
    default:
      if (!has || !isInt64(value)) return false;
      return operator === 'gt' ? BigInt(value) > BigInt(values[0]!) : BigInt(value) < BigInt(values[0]!);
  }
};

/** A selector as text, `a=b,x in (1,2),!y`. */
export const labelSelectorText = (requirements: readonly LabelRequirement[]): string =>
  requirements
    .map(({key, operator, values}) => {
      switch (operator) {
        case 'exists':
          return key;
        case '!':
          return `!${key}`;
        case 'in':
        case 'notin':
          return `${key} ${operator} (${[...values].sort(compareBytes).join(',')})`;
        default:
          return `${key}${operator === 'gt' ? '>' : operator === 'lt' ? '<' : operator}${values.join(',')}`;
      }
    })
    .join(',');

const OBJECT_OPERATORS: Readonly<Record<string, LabelOperator>> = {In: 'in', NotIn: 'notin', Exists: 'exists', DoesNotExist: '!'};

/** Requirements of a `matchLabels` and `matchExpressions` selector. No selector matches nothing: then undefined. */
export const requirementsOf = (selector: LabelSelectorObject | null | undefined): LabelRequirement[] | undefined => {
  if (selector === null || selector === undefined) return undefined;
  const requirements = Object.entries(selector.matchLabels ?? {}).map(([key, value]) => labelRequirement(key, '=', [value]));
  for (const {key, operator, values} of selector.matchExpressions ?? []) {
    const known = OBJECT_OPERATORS[operator];
    if (known === undefined) throw new Error(`${goQuote(operator)} is not a valid label selector operator`);
    requirements.push(labelRequirement(key, known, values ?? []));
  }
  return requirements.sort((a, b) => compareBytes(a.key, b.key));
};

/** `metav1.FormatLabelSelector`: the selector as text, `<none>` when it is empty, `<error>` when it is wrong. */
export const formatLabelSelector = (selector: LabelSelectorObject | null | undefined): string => {
  try {
    const text = labelSelectorText(requirementsOf(selector) ?? []);
    return text === '' ? '<none>' : text;
  } catch {
    return '<error>';
  }
};
