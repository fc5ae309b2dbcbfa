// The parsed form of a Go template, and how its pieces are written in error messages.
import {goQuote} from '../go-syntax.ts';

/** A value or call inside an action. `at` is the index in the source that errors point at. */
export type Operand =
  | {readonly type: 'bool'; readonly at: number; readonly value: boolean}
  | {readonly type: 'dot'; readonly at: number}
  | {readonly type: 'nil'; readonly at: number}
  | {readonly type: 'field'; readonly at: number; readonly names: readonly string[]}
  | {readonly type: 'variable'; readonly at: number; readonly names: readonly string[]}
  | {readonly type: 'identifier'; readonly at: number; readonly name: string}
  | {readonly type: 'chain'; readonly at: number; readonly node: Operand; readonly names: readonly string[]}
  | {readonly type: 'number'; readonly at: number; readonly text: string; readonly value: unknown}
  | {readonly type: 'string'; readonly at: number; readonly quoted: string; readonly text: string}
  | Pipe;

/** A command of a pipeline: a function or value with arguments. */
export type Command = {readonly type: 'command'; readonly at: number; readonly args: Operand[]};

/** Commands connected by `|`, with the variables they set. */
export type Pipe = {
  readonly type: 'pipe';
  readonly at: number;
  readonly declares: {readonly at: number; readonly name: string}[];
  assigns: boolean;
  readonly commands: Command[];
};

/** Something a template is a list of. */
export type Statement =
  | {readonly type: 'text'; readonly at: number; readonly text: string}
  | {readonly type: 'action'; readonly at: number; readonly pipe: Pipe}
  | {
      readonly type: 'if' | 'with' | 'range';
      readonly at: number;
      readonly pipe: Pipe;
      readonly body: Statement[];
      readonly otherwise: Statement[] | undefined;
    }
  | {readonly type: 'template'; readonly at: number; readonly name: string; readonly pipe: Pipe | undefined}
  | {readonly type: 'break' | 'continue' | 'end' | 'else'; readonly at: number};

/** Any node an error can point at. */
export type TemplateNode = Statement | Operand | Command;

const listText = (list: readonly Statement[]): string => list.map(nodeText).join('');

const argText = (operand: Operand): string => (operand.type === 'pipe' ? `(${nodeText(operand)})` : nodeText(operand));

/** A node as Go prints it after `at <`. */
export const nodeText = (node: TemplateNode): string => {
  switch (node.type) {
    case 'bool':
      return String(node.value);
    case 'dot':
      return '.';
    case 'nil':
      return 'nil';
    case 'field':
      return node.names.map((name) => `.${name}`).join('');
    case 'variable':
      return node.names.join('.');
    case 'identifier':
      return node.name;
    case 'chain':
      return argText(node.node) + node.names.map((name) => `.${name}`).join('');
    case 'number':
      return node.text;
    case 'string':
      return node.quoted;
    case 'command':
      return node.args.map(argText).join(' ');
    case 'pipe': {
      const declares = node.declares.map((variable) => variable.name).join(', ');
      const commands = node.commands.map(nodeText).join(' | ');
      return declares === '' ? commands : `${declares} ${node.assigns ? '=' : ':='} ${commands}`;
    }
    case 'text':
      return node.text;
    case 'action':
      return `{{${nodeText(node.pipe)}}}`;
    case 'template':
      return `{{template ${goQuote(node.name)}${node.pipe === undefined ? '' : ` ${nodeText(node.pipe)}`}}}`;
    case 'if':
    case 'with':
    case 'range': {
      const otherwise = node.otherwise === undefined ? '' : `{{else}}${listText(node.otherwise)}`;
      return `{{${node.type} ${nodeText(node.pipe)}}}${listText(node.body)}${otherwise}{{end}}`;
    }
    default:
      return `{{${node.type}}}`;
  }
};
