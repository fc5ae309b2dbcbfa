// Parses a Go template and the templates defined in it.
import {goQuote} from '../go-syntax.ts';
import {unquote} from '../jsonpath/unquote.ts';
import {lexTemplate, tokenText, type Token, type TokenKind} from './lex.ts';
import {nodeText, type Command, type Operand, type Pipe, type Statement} from './nodes.ts';
import {characterValue, numberValue} from './numbers.ts';

/** A template and everything it defines, by name. */
export type TemplateSet = {
  readonly source: string;
  readonly name: string;
  readonly templates: ReadonlyMap<string, readonly Statement[]>;
};

/** Parses a template. Throws an Error with text/template's message: `template: output:1: …`. */
export const parseTemplate = (name: string, source: string, functions: ReadonlySet<string>): TemplateSet =>
  new Parser(name, source, functions).run();

const OPERAND_STARTS: ReadonlySet<TokenKind> = new Set([
  'bool',
  'charConstant',
  'complex',
  'dot',
  'field',
  'identifier',
  'number',
  'nil',
  'rawString',
  'string',
  'variable',
  'leftParen',
]);

class Parser {
  readonly #name: string;
  readonly #source: string;
  readonly #functions: ReadonlySet<string>;
  readonly #tokens: readonly Token[];
  readonly #templates = new Map<string, Statement[]>();
  #next = 0;
  /** The token furthest on that was looked at: its line is the one errors name. */
  #seen = 0;
  #variables: string[] = ['$'];
  #ranges = 0;
  #actionLine = 0;

  constructor(name: string, source: string, functions: ReadonlySet<string>) {
    this.#name = name;
    this.#source = source;
    this.#functions = functions;
    this.#tokens = lexTemplate(source);
  }

  run(): TemplateSet {
    const root: Statement[] = [];
    while (this.#peek().kind !== 'eof') {
      if (this.#peek().kind === 'leftDelim') {
        const start = this.#next;
        this.#take();
        const word = this.#takeSolid();
        if (word.kind === 'keyword' && word.text === 'define') {
          this.#definition();
          continue;
        }
        this.#next = start;
      }
      const statement = this.#statement();
      if (statement.type === 'end' || statement.type === 'else') this.#fail(`unexpected ${nodeText(statement)}`);
      root.push(statement);
    }
    this.#add(this.#name, root);
    return {source: this.#source, name: this.#name, templates: this.#templates};
  }

  #fail(message: string): never {
    throw new Error(`template: ${this.#name}:${this.#tokens[this.#seen]!.line}: ${message}`);
  }

  #unexpected(token: Token, context: string): never {
    if (token.kind === 'error') {
      let extra = '';
      if (this.#actionLine !== 0 && this.#actionLine !== token.line) {
        extra = ` in action started at ${this.#name}:${this.#actionLine}`;
        if (token.text.endsWith(' action')) extra = extra.slice(' in action'.length);
      }
      this.#fail(token.text + extra);
    }
    this.#fail(`unexpected ${tokenText(token)} in ${context}`);
  }

  /** After its last token the lexer repeats the end. */
  #peek(): Token {
    const index = Math.min(this.#next, this.#tokens.length - 1);
    if (index > this.#seen) this.#seen = index;
    return this.#tokens[index]!;
  }

  #take(): Token {
    const token = this.#peek();
    this.#next += 1;
    return token;
  }

  #takeSolid(): Token {
    for (;;) {
      const token = this.#take();
      if (token.kind !== 'space') return token;
    }
  }

  #peekSolid(): Token {
    const token = this.#takeSolid();
    this.#next -= 1;
    return token;
  }

  #expect(context: string, ...kinds: readonly TokenKind[]): Token {
    const token = this.#takeSolid();
    if (!kinds.includes(token.kind)) this.#unexpected(token, context);
    return token;
  }

  #unquoted(token: Token): string {
    if (token.kind === 'rawString') return token.text.slice(1, -1).replaceAll('\r', '');
    return unquote(token.text) ?? this.#fail('invalid syntax');
  }

  #add(name: string, body: Statement[]): void {
    const known = this.#templates.get(name);
    if (known === undefined || isEmpty(known)) this.#templates.set(name, body);
    else if (!isEmpty(body)) this.#fail(`template: multiple definition of template ${goQuote(name)}`);
  }

  /** A template of its own: nothing of the one around it is visible in it. */
  #separate(parse: () => void): void {
    const [variables, ranges, line] = [this.#variables, this.#ranges, this.#actionLine];
    this.#variables = ['$'];
    this.#ranges = 0;
    this.#actionLine = 0;
    parse();
    this.#variables = variables;
    this.#ranges = ranges;
    this.#actionLine = line;
  }

  #definition(): void {
    this.#separate(() => {
      const name = this.#unquoted(this.#expect('define clause', 'string', 'rawString'));
      this.#expect('define clause', 'rightDelim');
      const {list, end} = this.#list();
      if (end.type !== 'end') this.#fail(`unexpected ${nodeText(end)} in define clause`);
      this.#add(name, list);
    });
  }

  #list(): {readonly list: Statement[]; readonly end: Statement} {
    const list: Statement[] = [];
    while (this.#peekSolid().kind !== 'eof') {
      const statement = this.#statement();
      if (statement.type === 'end' || statement.type === 'else') return {list, end: statement};
      list.push(statement);
    }
    this.#fail('unexpected EOF');
  }

  #statement(): Statement {
    const token = this.#takeSolid();
    if (token.kind === 'text') return {type: 'text', at: token.at, text: token.text};
    if (token.kind !== 'leftDelim') this.#unexpected(token, 'input');
    this.#actionLine = token.line;
    const statement = this.#action();
    this.#actionLine = 0;
    return statement;
  }

  #action(): Statement {
    const token = this.#takeSolid();
    if (token.kind === 'keyword') {
      switch (token.text) {
        case 'block':
          return this.#block();
        case 'break':
        case 'continue':
          return this.#jump(token.text, token.at);
        case 'else': {
          const after = this.#peekSolid();
          if (after.kind === 'keyword' && (after.text === 'if' || after.text === 'with')) return {type: 'else', at: after.at};
          return {type: 'else', at: this.#expect('else', 'rightDelim').at};
        }
        case 'end':
          return {type: 'end', at: this.#expect('end', 'rightDelim').at};
        case 'if':
        case 'with':
        case 'range':
          return this.#control(token.text);
        case 'template':
          return this.#template();
        default:
          break;
      }
    }
    this.#next -= 1;
    const at = this.#peek().at;
    return {type: 'action', at, pipe: this.#pipeline('command', 'rightDelim')};
  }

  #jump(type: 'break' | 'continue', at: number): Statement {
    const token = this.#takeSolid();
    if (token.kind !== 'rightDelim') this.#unexpected(token, `{{${type}}}`);
    if (this.#ranges === 0) this.#fail(`{{${type}}} outside {{range}}`);
    return {type, at};
  }

  #control(type: 'if' | 'with' | 'range'): Statement {
    const depth = this.#variables.length;
    const pipe = this.#pipeline(type, 'rightDelim');
    if (type === 'range') this.#ranges += 1;
    const {list, end} = this.#list();
    if (type === 'range') this.#ranges -= 1;
    let otherwise: Statement[] | undefined;
    if (end.type === 'else') {
      const after = this.#peek();
      if (type !== 'range' && after.kind === 'keyword' && after.text === type) {
        this.#take();
        otherwise = [this.#control(type)];
      } else {
        const rest = this.#list();
        if (rest.end.type !== 'end') this.#fail(`expected end; found ${nodeText(rest.end)}`);
        otherwise = rest.list;
      }
    }
    this.#variables.length = depth;
    return {type, at: pipe.at, pipe, body: list, otherwise};
  }

  #templateName(token: Token, context: string): string {
    if (token.kind !== 'string' && token.kind !== 'rawString') this.#unexpected(token, context);
    return this.#unquoted(token);
  }

  #block(): Statement {
    const token = this.#takeSolid();
    const name = this.#templateName(token, 'block clause');
    const pipe = this.#pipeline('block clause', 'rightDelim');
    this.#separate(() => {
      const {list, end} = this.#list();
      if (end.type !== 'end') this.#fail(`unexpected ${nodeText(end)} in block clause`);
      this.#add(name, list);
    });
    return {type: 'template', at: token.at, name, pipe};
  }

  #template(): Statement {
    const token = this.#takeSolid();
    const name = this.#templateName(token, 'template clause');
    if (this.#takeSolid().kind === 'rightDelim') return {type: 'template', at: token.at, name, pipe: undefined};
    this.#next -= 1;
    return {type: 'template', at: token.at, name, pipe: this.#pipeline('template clause', 'rightDelim')};
  }

  #pipeline(context: string, end: TokenKind): Pipe {
    const pipe: Pipe = {type: 'pipe', at: this.#peekSolid().at, declares: [], assigns: false, commands: []};
    this.#declarations(pipe, context);
    for (;;) {
      const token = this.#takeSolid();
      if (token.kind === end) break;
      if (!OPERAND_STARTS.has(token.kind)) this.#unexpected(token, context);
      this.#next -= 1;
      pipe.commands.push(this.#command());
    }
    if (pipe.commands.length === 0) this.#fail(`missing value for ${context}`);
    pipe.commands.forEach((command, index) => {
      if (index > 0 && ['bool', 'dot', 'nil', 'number', 'string'].includes(command.args[0]!.type)) {
        this.#fail(`non executable command in pipeline stage ${index + 1}`);
      }
    });
    return pipe;
  }

  #declarations(pipe: Pipe, context: string): void {
    for (;;) {
      const variable = this.#peekSolid();
      if (variable.kind !== 'variable') return;
      const start = this.#next;
      this.#take();
      this.#peek();
      const after = this.#peekSolid();
      if (after.kind === 'assign' || after.kind === 'declare') {
        pipe.assigns = after.kind === 'assign';
        this.#takeSolid();
        this.#declare(pipe, variable);
        return;
      }
      if (after.kind !== 'char' || after.text !== ',') {
        this.#next = start;
        return;
      }
      this.#takeSolid();
      this.#declare(pipe, variable);
      if (context !== 'range' || pipe.declares.length >= 2) this.#fail(`too many declarations in ${context}`);
      if (!['variable', 'rightDelim', 'rightParen'].includes(this.#peekSolid().kind))
        this.#fail('range can only initialize variables');
    }
  }

  #declare(pipe: Pipe, variable: Token): void {
    pipe.declares.push({at: variable.at, name: variable.text});
    this.#variables.push(variable.text);
  }

  #command(): Command {
    const command: Command = {type: 'command', at: this.#peekSolid().at, args: []};
    for (;;) {
      this.#peekSolid();
      const operand = this.#operand();
      if (operand !== undefined) command.args.push(operand);
      const token = this.#take();
      if (token.kind === 'space') continue;
      if (token.kind === 'rightDelim' || token.kind === 'rightParen') this.#next -= 1;
      else if (token.kind !== 'pipe') this.#unexpected(token, 'operand');
      break;
    }
    if (command.args.length === 0) this.#fail('empty command');
    return command;
  }

  #operand(): Operand | undefined {
    const node = this.#term();
    if (node === undefined || this.#peek().kind !== 'field') return node;
    const at = this.#peek().at;
    const names: string[] = [];
    while (this.#peek().kind === 'field') names.push(this.#take().text.slice(1));
    switch (node.type) {
      case 'field':
      case 'variable':
        return {type: node.type, at, names: [...node.names, ...names]};
      case 'bool':
      case 'string':
      case 'number':
      case 'nil':
      case 'dot':
        return this.#fail(`unexpected . after term ${goQuote(nodeText(node))}`);
      default:
        return {type: 'chain', at, node, names};
    }
  }

  #term(): Operand | undefined {
    const token = this.#takeSolid();
    const {at, text} = token;
    switch (token.kind) {
      case 'identifier':
        if (!this.#functions.has(text)) this.#fail(`function ${goQuote(text)} not defined`);
        return {type: 'identifier', at, name: text};
      case 'dot':
      case 'nil':
        return {type: token.kind, at};
      case 'variable':
        if (!this.#variables.includes(text)) this.#fail(`undefined variable ${goQuote(text)}`);
        return {type: 'variable', at, names: [text]};
      case 'field':
        return {type: 'field', at, names: [text.slice(1)]};
      case 'bool':
        return {type: 'bool', at, value: text === 'true'};
      case 'number':
      case 'charConstant':
        return {type: 'number', at, text, value: this.#constant(token)};
      case 'complex':
        return this.#fail(`complex constants are not supported: ${text}`);
      case 'leftParen':
        return this.#pipeline('parenthesized pipeline', 'rightParen');
      case 'string':
      case 'rawString':
        return {type: 'string', at, quoted: text, text: this.#unquoted(token)};
      default:
        this.#next -= 1;
        return undefined;
    }
  }

  #constant(token: Token): unknown {
    try {
      return token.kind === 'number' ? numberValue(token.text) : characterValue(token.text);
    } catch (error) {
      return this.#fail((error as Error).message);
    }
  }
}

const isEmpty = (list: readonly Statement[]): boolean =>
  list.every((statement) => statement.type === 'text' && statement.text.trim() === '');
