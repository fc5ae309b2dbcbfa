// Prints errors the way kubectl does: prefixes, several errors, invalid objects. Never a stack trace.
import {KdeckError, messageOf} from '../base/errors.ts';
import {quoteGo} from './flags/quote-go.ts';
import type {Status} from '../kube/types/object.ts';

/** An error whose text stands as it is, without kubectl's `error: `. */
export class PlainError extends KdeckError {
  constructor(message: string, exitCode = 1) {
    super('KD-CLI-PLAIN', message, {exitCode});
  }
}

/** kubectl's usage error: a sentence and the pointer to the help. `command` is the whole path, such as `kubectl get`. */
export const usageError = (command: string, message: string): KdeckError =>
  new KdeckError('KD-CLI-USAGE', `${message}\nSee '${command} -h' for help and examples`);

/** A plain sentence about what was asked for. */
export const cliError = (message: string): KdeckError => new KdeckError('KD-CLI-ERROR', message);

/** The command's help is shown on stdout first; with a text the command fails with it, without one it succeeds. */
export class HelpWanted extends Error {
  override readonly name = 'HelpWanted';
}

type WithStatus = Error & {readonly status: Status};

const statusOf = (error: unknown): Status | undefined => {
  const status = (error as Partial<WithStatus> | undefined)?.status;
  return error instanceof Error && typeof status === 'object' && status !== null ? status : undefined;
};

const isWholeLine = (error: unknown): boolean =>
  error instanceof KdeckError && (/^KD-(?:CONNECTION|LOGIN)-/.test(error.code) || error.code === 'KD-CLI-PLAIN');

/** kubectl's text for an error that has one of its own; undefined for plain errors. */
const standardMessage = (error: unknown): string | undefined => {
  const status = statusOf(error);
  if (status !== undefined) {
    const message = messageOf(error);
    if (status.reason === 'Unauthorized') return `error: You must be logged in to the server (${status.message ?? message})`;
    return (status.reason ?? '') === '' ? `Error from server: ${message}` : `Error from server (${status.reason}): ${message}`;
  }
  return isWholeLine(error) ? messageOf(error) : undefined;
};

// Go's text of several errors inside one line: equal ones once, brackets around more than one.
const joined = (error: AggregateError): string => {
  const texts = [...new Set(error.errors.map((one) => (one instanceof AggregateError ? joined(one) : messageOf(one))))];
  return texts.length === 1 ? texts[0]! : `[${texts.join(', ')}]`;
};

const lineOf = (error: unknown): string =>
  error instanceof AggregateError ? joined(error) : (standardMessage(error) ?? messageOf(error));

const bulleted = (prefix: string, lines: readonly string[]): string =>
  lines.length === 1 ? `${prefix}${lines[0]}` : `${prefix}\n${lines.map((line) => `* ${line}\n`).join('')}`;

const invalidText = (status: Status): string => {
  const {details, message = ''} = status;
  const plain = 'The request is invalid';
  if (details === undefined) return message === '' ? plain : `${plain}: ${message}`;
  const causes = [...new Set((details.causes ?? []).map((cause) => `${cause.field ?? ''}: ${cause.message ?? ''}`))];
  let text = plain;
  if ((details.kind ?? '') !== '' || (details.name ?? '') !== '')
    text = `The ${details.kind ?? ''} ${quoteGo(details.name ?? '')} is invalid`;
  else if (message !== '' && causes.length === 0) text += `: ${message}`;
  return causes.length === 0 ? text : bulleted(`${text}: `, causes);
};

/** What stderr shows for an error, with the line break at its end. An aggregate of one is unwrapped once, as kubectl does. */
export const errorText = (error: unknown): string => {
  const only = error instanceof AggregateError && error.errors.length === 1 ? (error.errors[0] as unknown) : error;
  const text = only instanceof AggregateError ? only.errors.map((one) => `${lineOf(one)}\n`).join('') : singleText(only);
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
};

const singleText = (error: unknown): string => {
  const status = statusOf(error);
  if (status?.reason === 'Invalid') return invalidText(status);
  if (error instanceof KdeckError && error.code === 'KD-CONFIG-INVALID' && 'problems' in error) {
    return bulleted('Error in configuration: ', error.problems as readonly string[]);
  }
  const standard = standardMessage(error);
  if (standard !== undefined) return standard;
  const message = messageOf(error);
  return message.startsWith('error: ') ? message : `error: ${message}`;
};

/** Exit code of an error. */
export const exitCodeOf = (error: unknown): number => (error instanceof KdeckError ? error.exitCode : 1);
