// How the connection is doing, told in a word for the header and a sentence for those who ask.
import {KdeckError, messageOf} from '../../base/errors.ts';
import type {Phase} from '../../cache/live-list.ts';
import type {Link, OpenTable} from './app.ts';
import type {Connection} from './services.ts';

const clock = (date: Date): string =>
  [date.getHours(), date.getMinutes(), date.getSeconds()].map((part) => String(part).padStart(2, '0')).join(':');

/** A login that has ended is not a broken network: it has its own word. */
export const isLoginError = (error: unknown): boolean =>
  error instanceof KdeckError && (error.code.startsWith('KD-LOGIN-') || error.code === 'KD-SERVER-UNAUTHORIZED');

/** The line of a program's last words that tells most; a crash ends on lines that tell nothing. */
const tellingLine = (output: string): string => {
  const lines = output
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  const told = lines.find((line) => /^(?:\w*error|\w*exception|fatal|panic):/i.test(line));
  return told ?? lines.findLast((line) => /fail|expired|denied|refused|log ?in/i.test(line)) ?? lines.at(-1) ?? '';
};

/** What happened in a person's words: a login names who refused it and what it last said. */
export const reasonOf = (error: KdeckError): string => {
  const {detail, lastOutput} = error as {readonly detail?: unknown; readonly lastOutput?: unknown};
  if (!isLoginError(error) || typeof detail !== 'string') return error.message;
  const last = typeof lastOutput === 'string' ? tellingLine(lastOutput) : '';
  const text = `${detail.slice(0, 1).toUpperCase()}${detail.slice(1)}${last === '' ? '' : `: ${last}`}`;
  return /[.!?]$/.test(text) ? text : `${text}.`;
};

const worst = ['stale', 'denied', 'absent', 'loading', 'live'] as const;

/** Why a table that is live does not show everything that was asked for. */
const denialOf = ({instead, phases}: OpenTable): KdeckError | undefined =>
  instead?.error ?? [...phases.values()].find((phase) => phase.is === 'denied')?.error;

/** The state of the connection by the tables on screen. */
export const linkOf = (connection: Connection | undefined, connectError: unknown, tables: readonly OpenTable[]): Link => {
  if (connection === undefined) {
    if (connectError === undefined) return {is: 'connecting', word: 'connecting', says: 'Waiting for the cluster to answer.'};
    if (isLoginError(connectError))
      return {
        is: 'expired',
        word: 'login expired',
        says: connectError instanceof KdeckError ? reasonOf(connectError) : messageOf(connectError),
      };
    return {is: 'failed', word: 'not connected', says: messageOf(connectError)};
  }
  const phases = tables.flatMap(({phase}): Phase[] => (phase === undefined ? [] : [phase]));
  const found = worst.map((is) => phases.find((phase) => phase.is === is)).find((phase) => phase !== undefined);
  switch (found?.is) {
    case 'stale':
      return isLoginError(found.error)
        ? {
            is: 'expired',
            word: `stale since ${clock(found.since)}: login expired`,
            says: `${reasonOf(found.error)} Rows are from ${clock(found.since)}.`,
          }
        : {
            is: 'stale',
            word: `stale since ${clock(found.since)}`,
            says: `${reasonOf(found.error)} Rows are from ${clock(found.since)}.`,
          };
    case 'denied':
      return {is: 'denied', word: 'denied', says: found.error.message};
    case 'absent':
      return {is: 'absent', word: 'not served', says: 'This cluster does not serve this kind.'};
    case 'loading':
      return {is: 'loading', word: found.received === 0 ? 'loading' : `loading ${found.received}`, says: 'The list is on its way.'};
    default: {
      const denied = tables.map(denialOf).find((error) => error !== undefined);
      if (denied !== undefined)
        return {
          is: 'partial',
          word: 'live in part',
          says: `Changes of what you may list appear by themselves. ${denied.message}`,
        };
      return {is: 'live', word: 'live', says: 'Changes appear by themselves.'};
    }
  }
};
