// What can be wrong with a kubeconfig, in kubectl's words.
import {KdeckError} from '../../base/errors.ts';

/** One plain sentence, printed by kubectl as `error: …`. */
export const configError = (code: string, message: string, tryThis: readonly string[] = [], cause?: unknown): KdeckError =>
  new KdeckError(code, message, {tryThis, ...(cause === undefined ? {} : {cause})});

/** A configuration that was read but cannot be used; kubectl lists the problems under `Error in configuration: `. */
export class ConfigurationInvalidError extends KdeckError {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super('KD-CONFIG-INVALID', `invalid configuration: ${aggregateText(problems)}`, {
      tryThis: ['kubectl config view', 'kubectl config get-contexts'],
    });
    this.problems = problems;
  }
}

/** How Go's aggregate prints several errors in one line: duplicates dropped, brackets when more than one. */
const aggregateText = (problems: readonly string[]): string => {
  const unique = [...new Set(problems)];
  return unique.length === 1 ? (unique[0] ?? '') : `[${unique.join(', ')}]`;
};
