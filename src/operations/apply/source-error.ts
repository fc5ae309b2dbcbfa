// Errors that name the file they are about, as kubectl words them.
import {KdeckError, messageOf} from '../../base/errors.ts';
import {goQuote} from '../../base/go-syntax.ts';
import {StatusError, withStatusMessage} from '../../kube/status-error.ts';

/** `error when creating "f.yaml": …`; errors about objects that came from no file stay as they are. */
export const aboutSource = (verb: string, source: string, error: unknown): unknown => {
  if (source === '') return error;
  const message = `error when ${verb} ${goQuote(source)}: ${messageOf(error)}`;
  return error instanceof StatusError
    ? withStatusMessage(error, message)
    : new KdeckError('KD-APPLY-SOURCE', message, {cause: error});
};
