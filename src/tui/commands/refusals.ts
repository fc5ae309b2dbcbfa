// Why something was not done, in one sentence, with what to try next: what servers and connections say is written for programs.
import {KdeckError, messageOf} from '../../base/errors.ts';

/** Values a server repeats from what it was sent: of a Secret, they are the secret. */
const repeated = /(Invalid value: )(?:"(?:[^"\\]|\\.)*"?|\S+)/g;

/** The sentence without values that were sent. */
export const withoutValues = (text: string): string => text.replace(repeated, '$1(not shown)');

const RIGHTS = /User "([^"]*)" cannot (\S+) resource "([^"]+)" in API group "([^"]*)"(?: in the namespace "([^"]+)")?/;

const doing: Readonly<Record<string, string>> = {
  get: 'read',
  list: 'list',
  patch: 'change',
  update: 'change',
  create: 'create',
  delete: 'delete',
};

/** `pods/exec` is no word of people. */
const things: Readonly<Record<string, string>> = {
  'create pods/exec': 'open a shell in pods',
  'get pods/exec': 'open a shell in pods',
  'create pods/attach': 'attach to pods',
  'create pods/portforward': 'forward ports of pods',
  'get pods/log': 'read logs of pods',
  'create pods/eviction': 'evict pods',
};

const denied = (message: string): string | undefined => {
  const found = RIGHTS.exec(message);
  if (found === null) return undefined;
  const [, user = '', verb = '', resource = '', group = '', namespace] = found;
  const [plural = '', part] = resource.split('/');
  const what =
    things[`${verb} ${resource}`] ??
    (part === undefined ? `${doing[verb] ?? verb} ${plural}` : `${doing[verb] ?? verb} the ${part} of ${plural}`);
  const type = group === '' ? plural : `${plural}.${group}`;
  const flags = `${part === undefined ? '' : ` --subresource=${part}`}${namespace === undefined ? '' : ` -n ${namespace}`}`;
  const where = namespace === undefined ? 'in the whole cluster' : `in ${namespace}`;
  return `${user} may not ${what} ${where}; ask for the right that kubectl auth can-i ${verb} ${type}${flags} checks`;
};

const sentences: Readonly<Record<string, (message: string) => string | undefined>> = {
  'KD-SERVER-FORBIDDEN': denied,
  'KD-SERVER-NOT-FOUND': (message) =>
    /"[^"]+" not found$/.test(message) ? 'it is gone by now; somebody deleted it, or it was replaced by another one' : undefined,
  'KD-SERVER-CONFLICT': (message) =>
    /UID in precondition|uid/i.test(message)
      ? 'another object has this name by now, so it was left alone; look again before you repeat it'
      : 'somebody changed it at the same moment, so nothing was done; look again and repeat it',
  'KD-SCALE-PRECONDITION': (message) => {
    const found = /Expected (.+) to be (\S+), was (\S*)$/.exec(message);
    if (found === null) return undefined;
    return found[1] === 'replicas'
      ? `somebody scaled it to ${found[3]} since, so it was left alone; scale it yourself if you still want to`
      : 'another object has this name by now, so it was left alone';
  },
  'KD-SERVER-UNAUTHORIZED': () => 'the login is no longer valid; :login renews it',
  'KD-SERVER-TOO-MANY-REQUESTS': (message) =>
    message.includes('disruption budget')
      ? 'a disruption budget holds its pods back; try again when more of them are ready'
      : 'the server has too much to do; try again in a moment',
  'KD-SERVER-SERVICE-UNAVAILABLE': (message) => `the server cannot answer now (${message}); try again in a moment`,
  'KD-SERVER-METHOD-NOT-ALLOWED': () => 'the server does not offer this on objects of this kind',
  'KD-ROLLOUT-PAUSED': () => 'its rollouts are paused; resume them first',
};

/** One sentence about a failure. */
export const refusalOf = (error: unknown): string => {
  const message = messageOf(error);
  if (!(error instanceof KdeckError)) return message;
  // An operation may have put its own words around what the server said.
  const cause = error.cause instanceof KdeckError ? error.cause : undefined;
  const known = sentences[error.code]?.(message) ?? (cause === undefined ? undefined : sentences[cause.code]?.(cause.message));
  if (known !== undefined) return known;
  if (error.code.startsWith('KD-CONNECTION-')) return `${message.replace(/\.$/, '')}; what was asked may not have arrived`;
  return message;
};
