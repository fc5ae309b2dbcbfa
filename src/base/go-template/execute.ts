// Runs a parsed Go template on an object, with text/template's semantics and error texts.
import {goQuote} from '../go-syntax.ts';
import {sortedKeys} from '../json/order.ts';
import {callFunction, FUNCTION_NAMES, parameterOf, signatureOf, sprint, type Parameter} from './functions.ts';
import {nodeText, type Command, type Operand, type Pipe, type Statement, type TemplateNode} from './nodes.ts';
import {parseTemplate, type TemplateSet} from './parse.ts';
import {basicKind, Boxed, GoInt, goType, intOf, isTrue, NOTHING, unbox} from './values.ts';

/** Something went wrong while a template ran; what was written before stays written. */
export class TemplateError extends Error {}

/** How missing keys are treated. */
export type TemplateOptions = {readonly missingKeyIsError?: boolean};

/** A template ready to run on many objects. */
export class GoTemplate {
  readonly #set: TemplateSet;

  constructor(source: string, name = 'output') {
    this.#set = parseTemplate(name, source, FUNCTION_NAMES);
  }

  /** Runs the template; `write` gets the text piece by piece. Throws {@link TemplateError}. */
  run(data: unknown, write: (text: string) => void, options: TemplateOptions = {}): void {
    new Execution(this.#set, this.#set.name, write, options.missingKeyIsError === true, 0).start(data);
  }
}

/** No value was piped in. */
const MISSING = Symbol('missing');

const MAX_DEPTH = 100000;

type Jump = 'break' | 'continue' | undefined;

class Execution {
  readonly #set: TemplateSet;
  readonly #name: string;
  readonly #write: (text: string) => void;
  readonly #strict: boolean;
  readonly #depth: number;
  readonly #variables: {readonly name: string; value: unknown}[] = [];
  #node: TemplateNode | undefined;

  constructor(set: TemplateSet, name: string, write: (text: string) => void, strict: boolean, depth: number) {
    this.#set = set;
    this.#name = name;
    this.#write = write;
    this.#strict = strict;
    this.#depth = depth;
  }

  start(dot: unknown): void {
    this.#variables.push({name: '$', value: dot});
    this.#list(dot, this.#set.templates.get(this.#name) ?? []);
  }

  #fail(message: string): never {
    if (this.#node === undefined) throw new TemplateError(`template: ${this.#name}: ${message}`);
    const before = this.#set.source.slice(0, this.#node.at);
    const line = before.split('\n').length;
    const column = Buffer.byteLength(before.slice(before.lastIndexOf('\n') + 1));
    throw new TemplateError(
      `template: ${this.#set.name}:${line}:${column}: executing ${goQuote(this.#name)} at <${nodeText(this.#node)}>: ${message}`,
    );
  }

  #list(dot: unknown, list: readonly Statement[]): Jump {
    for (const statement of list) {
      const jump = this.#walk(dot, statement);
      if (jump !== undefined) return jump;
    }
    return undefined;
  }

  #walk(dot: unknown, statement: Statement): Jump {
    this.#node = statement;
    switch (statement.type) {
      case 'text':
        this.#write(statement.text);
        return undefined;
      case 'action': {
        const value = this.#pipeline(dot, statement.pipe);
        if (statement.pipe.declares.length === 0) this.#write(value === NOTHING ? '<no value>' : sprint([value]));
        return undefined;
      }
      case 'break':
      case 'continue':
        return statement.type;
      case 'if':
      case 'with':
        return this.#condition(dot, statement);
      case 'range':
        return this.#range(dot, statement);
      case 'template':
        return this.#template(dot, statement);
      default:
        return this.#fail(`unknown node: ${nodeText(statement)}`);
    }
  }

  #condition(dot: unknown, statement: Extract<Statement, {pipe: Pipe; body: Statement[]}>): Jump {
    const mark = this.#variables.length;
    const value = this.#pipeline(dot, statement.pipe);
    let jump: Jump;
    if (isTrue(value)) jump = this.#list(statement.type === 'with' ? value : dot, statement.body);
    else if (statement.otherwise !== undefined) jump = this.#list(dot, statement.otherwise);
    this.#variables.length = mark;
    return jump;
  }

  #range(dot: unknown, statement: Extract<Statement, {pipe: Pipe; body: Statement[]}>): Jump {
    const outer = this.#variables.length;
    const {declares, assigns} = statement.pipe;
    const value = this.#pipeline(dot, statement.pipe);
    const mark = this.#variables.length;
    const items = this.#items(value, declares.length);
    let jump: Jump;
    for (const [index, element] of items) {
      if (assigns) {
        if (declares.length > 1) this.#setVariable(declares[0]!.name, index);
        if (declares.length > 0) this.#setVariable(declares.at(-1)!.name, element);
      } else {
        if (declares.length > 0) this.#variables[this.#variables.length - 1]!.value = element;
        if (declares.length > 1) this.#variables[this.#variables.length - 2]!.value = index;
      }
      jump = this.#list(element, statement.body);
      this.#variables.length = mark;
      if (jump === 'break') break;
    }
    this.#variables.length = outer;
    if (items.length === 0 && statement.otherwise !== undefined) {
      // Variables of the pipeline are still visible in the else branch.
      return this.#list(dot, statement.otherwise);
    }
    return undefined;
  }

  #items(value: unknown, variables: number): readonly (readonly [unknown, unknown])[] {
    if (value === NOTHING || value === null) return [];
    if (Array.isArray(value)) return value.map((item, index) => [new GoInt(index), new Boxed(item)] as const);
    const kind = basicKind(value);
    if (kind === 'int' || kind === 'uint') {
      if (variables > 1) this.#fail(`can't use ${sprint([value])} to iterate over more than one variable`);
      const count = Number(intOf(value));
      return Array.from(
        {length: Math.max(0, count)},
        (_, index) => [NOTHING, value instanceof GoInt ? new GoInt(index) : index] as const,
      );
    }
    if (kind !== 'other') this.#fail(`range can't iterate over ${sprint([value])}`);
    const map = value as Record<string, unknown>;
    return sortedKeys(map)
      .filter((key) => map[key] !== undefined)
      .map((key) => [key, new Boxed(map[key])] as const);
  }

  #template(dot: unknown, statement: Extract<Statement, {type: 'template'}>): Jump {
    const list = this.#set.templates.get(statement.name);
    if (list === undefined) this.#fail(`template ${goQuote(statement.name)} not defined`);
    if (this.#depth === MAX_DEPTH) this.#fail(`exceeded maximum template depth (${MAX_DEPTH})`);
    const value = statement.pipe === undefined ? NOTHING : this.#pipeline(dot, statement.pipe);
    new Execution(this.#set, statement.name, this.#write, this.#strict, this.#depth + 1).start(value);
    return undefined;
  }

  #setVariable(name: string, value: unknown): void {
    const variable = this.#variables.findLast((candidate) => candidate.name === name);
    if (variable === undefined) this.#fail(`undefined variable: ${name}`);
    variable.value = value;
  }

  #pipeline(dot: unknown, pipe: Pipe): unknown {
    this.#node = pipe;
    let value: unknown = MISSING;
    for (const command of pipe.commands) value = unbox(this.#command(dot, command, value));
    for (const {name} of pipe.declares) {
      if (pipe.assigns) this.#setVariable(name, value);
      else this.#variables.push({name, value});
    }
    return value;
  }

  #command(dot: unknown, command: Command, final: unknown): unknown {
    const first = command.args[0]!;
    switch (first.type) {
      case 'field':
        this.#node = first;
        return this.#fields(dot, first.names, command.args, final);
      case 'chain':
        return this.#chain(dot, first, command.args, final);
      case 'identifier':
        this.#node = first;
        return this.#call(dot, first.name, command, command.args.slice(1), final);
      case 'pipe':
        this.#noArguments(command.args, final);
        return this.#pipeline(dot, first);
      case 'variable':
        return this.#variable(first, command.args, final);
      default:
        break;
    }
    this.#node = first;
    this.#noArguments(command.args, final);
    if (first.type === 'nil') this.#fail('nil is not a command');
    return this.#literal(dot, first);
  }

  #noArguments(args: readonly Operand[], final: unknown): void {
    if (args.length > 1 || final !== MISSING) this.#fail(`can't give argument to non-function ${nodeText(args[0]!)}`);
  }

  #literal(dot: unknown, operand: Operand): unknown {
    switch (operand.type) {
      case 'bool':
        return operand.value;
      case 'dot':
        return dot;
      case 'string':
        return operand.text;
      case 'number':
        this.#node = operand;
        if (operand.value !== null && typeof operand.value === 'object' && 'overflow' in operand.value)
          this.#fail(`${operand.text} overflows int`);
        return operand.value;
      default:
        return this.#fail(`can't evaluate command ${goQuote(nodeText(operand))}`);
    }
  }

  #variable(operand: Extract<Operand, {type: 'variable'}>, args: readonly Operand[] | undefined, final: unknown): unknown {
    this.#node = operand;
    const variable = this.#variables.findLast((candidate) => candidate.name === operand.names[0]);
    if (variable === undefined) this.#fail(`undefined variable: ${operand.names[0]}`);
    if (operand.names.length > 1) return this.#fields(variable.value, operand.names.slice(1), args, final);
    if (args !== undefined) this.#noArguments(args, final);
    return variable.value;
  }

  #chain(dot: unknown, operand: Extract<Operand, {type: 'chain'}>, args: readonly Operand[] | undefined, final: unknown): unknown {
    this.#node = operand;
    if (operand.node.type === 'nil') this.#fail(`indirection through explicit nil in ${nodeText(operand)}`);
    const receiver = this.#argument(dot, 'any', operand.node);
    return this.#fields(receiver, operand.names, args, final);
  }

  #fields(start: unknown, names: readonly string[], args: readonly Operand[] | undefined, final: unknown): unknown {
    let receiver = start;
    names.forEach((name, index) => {
      const last = index === names.length - 1;
      receiver = this.#field(receiver, name, last && ((args?.length ?? 0) > 1 || final !== MISSING));
    });
    return receiver;
  }

  #field(receiver: unknown, name: string, hasArguments: boolean): unknown {
    if (receiver === NOTHING) {
      if (this.#strict) this.#fail(`nil data; no entry for key ${goQuote(name)}`);
      return NOTHING;
    }
    const type = goType(receiver);
    const value = receiver instanceof Boxed ? receiver.value : receiver;
    if (value === null) this.#fail(`nil pointer evaluating ${type}.${name}`);
    if (basicKind(value) !== 'other' || Array.isArray(value)) this.#fail(`can't evaluate field ${name} in type ${type}`);
    if (hasArguments) this.#fail(`${name} is not a method but has arguments`);
    const map = value as Record<string, unknown>;
    if (Object.hasOwn(map, name) && map[name] !== undefined) return new Boxed(map[name]);
    if (this.#strict) this.#fail(`map has no entry for key ${goQuote(name)}`);
    return NOTHING;
  }

  #call(dot: unknown, name: string, node: TemplateNode, args: readonly Operand[], final: unknown): unknown {
    const signature = signatureOf(name);
    const given = args.length + (final === MISSING ? 0 : 1);
    if (signature.variadic) {
      if (given < signature.fixed.length)
        this.#fail(`wrong number of args for ${name}: want at least ${signature.fixed.length} got ${args.length}`);
    } else if (given !== signature.fixed.length) {
      this.#fail(`wrong number of args for ${name}: want ${signature.fixed.length} got ${given}`);
    }
    if (name === 'and' || name === 'or') return this.#shortCircuit(dot, name, args, final);
    const values = args.map((arg, index) => this.#argument(dot, parameterOf(signature, index), arg));
    if (final !== MISSING) values.push(this.#fit(final, parameterOf(signature, args.length)));
    try {
      return callFunction(name, values, args[0] === undefined ? String(final) : nodeText(args[0]));
    } catch (error) {
      if (error instanceof TemplateError) throw error;
      this.#node = node;
      return this.#fail(`error calling ${name}: ${(error as Error).message}`);
    }
  }

  #shortCircuit(dot: unknown, name: string, args: readonly Operand[], final: unknown): unknown {
    let value: unknown = NOTHING;
    for (const arg of args) {
      value = this.#argument(dot, 'value', arg);
      if (isTrue(value) === (name === 'or')) return value;
    }
    return final === MISSING ? value : final;
  }

  #argument(dot: unknown, parameter: Parameter, operand: Operand): unknown {
    this.#node = operand;
    switch (operand.type) {
      case 'dot':
        return this.#fit(dot, parameter);
      case 'nil':
        if (parameter === 'string') this.#fail('cannot assign nil to string');
        return parameter === 'any' ? new Boxed(null) : NOTHING;
      case 'field':
        return this.#fit(this.#fields(dot, operand.names, undefined, MISSING), parameter);
      case 'variable':
        return this.#fit(this.#variable(operand, undefined, MISSING), parameter);
      case 'pipe':
        return this.#fit(this.#pipeline(dot, operand), parameter);
      case 'identifier':
        return this.#fit(this.#call(dot, operand.name, operand, [], MISSING), parameter);
      case 'chain':
        return this.#fit(this.#chain(dot, operand, undefined, MISSING), parameter);
      default:
        break;
    }
    if (parameter !== 'string') return this.#literal(dot, operand);
    if (operand.type !== 'string') this.#fail(`expected string; found ${nodeText(operand)}`);
    return operand.text;
  }

  /** Checks that a value suits a parameter; only `string` is choosy. */
  #fit(value: unknown, parameter: Parameter): unknown {
    if (parameter === 'value') return value;
    if (value === NOTHING) return parameter === 'any' ? new Boxed(null) : this.#fail('invalid value; expected string');
    if (parameter === 'any') return value;
    const inner = value instanceof Boxed && value.value !== null ? value.value : value;
    return typeof inner === 'string' ? inner : this.#fail(`wrong type for value; expected string; got ${goType(inner)}`);
  }
}
