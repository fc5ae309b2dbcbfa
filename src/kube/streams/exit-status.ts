// Reads the status channel of exec and attach: an exit code, or the reason why there is none.
import {KdeckError} from '../../base/errors.ts';
import type {Status} from '../types/object.ts';

const broken = (what: string): KdeckError => new KdeckError('KD-STREAM-PROTOCOL', `error stream protocol error: ${what}`);

const parse = (text: string): Status => {
  try {
    return JSON.parse(text) as Status;
  } catch (error) {
    throw new KdeckError('KD-STREAM-PROTOCOL', `error stream protocol error: not a status: ${text.slice(0, 200)}`, {cause: error});
  }
};

/** Exit code of the remote process, 0 for success. Throws when the command never ran or its end is unknown. */
export const exitCodeOf = (message: Buffer): number => {
  const status = parse(message.toString('utf8'));
  if (status.status === 'Success') return 0;
  if (status.status !== 'Failure') throw broken('unknown error');
  if (status.reason !== 'NonZeroExitCode')
    throw new KdeckError('KD-STREAM-COMMAND', status.message ?? 'the command could not be run');
  if (status.details === undefined) throw broken('details must be set');
  const cause = status.details.causes?.find(({reason}) => reason === 'ExitCode');
  if (cause === undefined) throw broken('no ExitCode cause given');
  const code = Number(cause.message);
  if (!Number.isInteger(code) || code < 0 || code > 255) throw broken(`invalid exit code value "${cause.message ?? ''}"`);
  return code;
};
