// `auth can-i`: asks the server whether something is allowed, or for the list of all that is.
import type {ApiResource} from '../../kube/types/object.ts';
import {cliError} from '../errors.ts';
import {noHeadersFlag} from '../flags/bundles.ts';
import type {Verb, VerbContext} from '../verb.ts';

const RESOURCE_VERBS = new Set([
  'get',
  'list',
  'watch',
  'create',
  'update',
  'patch',
  'delete',
  'deletecollection',
  'use',
  'bind',
  'impersonate',
  '*',
  'approve',
  'sign',
  'escalate',
  'attest',
]);
const URL_VERBS = new Set(['get', 'put', 'post', 'head', 'options', 'delete', 'patch', '*']);

// These warnings end with an empty line of their own.
const warn = (context: VerbContext, text: string): void => context.warn(`${text}\n`);

const run = async (context: VerbContext): Promise<number> => {
  const {flags, args, streams} = context;
  const list = flags.bool('list');
  if (list && args.length > 0) throw cliError('list option must be specified with no arguments');
  if (!list && args.length !== 2) {
    throw cliError(
      "you must specify two arguments: verb resource or verb resource/resourceName.\nSee 'kubectl auth can-i -h' for help and examples.".replace(
        'kubectl',
        context.program,
      ),
    );
  }
  const cluster = await context.cluster();
  const namespace = flags.bool('all-namespaces') ? '' : cluster.namespace;
  if (list) {
    if (flags.bool('quiet') || flags.bool('all-namespaces') || flags.string('subresource') !== '') {
      throw cliError("list option can't be specified with neither quiet, all-namespaces nor subresource options");
    }
    const {listAllowed} = await import('./auth-can-i-list.ts');
    await listAllowed(context, namespace);
    return 0;
  }
  const [verbWord = '', what = ''] = args;
  const spec = what.startsWith('/') ? urlSpec(context, verbWord, what) : await resourceSpec(context, verbWord, what, namespace);
  if (flags.bool('no-headers')) throw cliError('--no-headers cannot be set without --list specified');
  const answer = await cluster.client.request({
    method: 'POST',
    path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
    body: {kind: 'SelfSubjectAccessReview', apiVersion: 'authorization.k8s.io/v1', metadata: {}, spec, status: {allowed: false}},
    harmless: true,
  });
  const {
    allowed = false,
    reason = '',
    evaluationError = '',
  } = answer.json<{status?: {allowed?: boolean; reason?: string; evaluationError?: string}}>().status ?? {};
  if (!flags.bool('quiet')) {
    const because = [reason, evaluationError].filter((text) => text !== '').map((text) => ` - ${text}`);
    streams.stdout.write(allowed ? 'yes\n' : `no${because.join('')}\n`);
  }
  return allowed ? 0 : 1;
};

const urlSpec = (context: VerbContext, verb: string, path: string): object => {
  if (context.flags.string('subresource') !== '') throw cliError('--subresource can not be used with NonResourceURL');
  if (!URL_VERBS.has(verb)) warn(context, `verb '${verb}' is not a known verb`);
  return {nonResourceAttributes: {path, verb}};
};

const resourceSpec = async (context: VerbContext, verb: string, what: string, namespace: string): Promise<object> => {
  const slash = what.indexOf('/');
  const word = slash === -1 ? what : what.slice(0, slash);
  const name = slash === -1 ? '' : what.slice(slash + 1);
  const type = await typeOf(context, word);
  if (!context.flags.bool('all-namespaces')) {
    if (type.found !== undefined && !type.found.namespaced) {
      warn(context, `resource '${type.plural}' is not namespace scoped${type.group === '' ? '' : ` in group '${type.group}'`}`);
    }
    if (!RESOURCE_VERBS.has(verb)) warn(context, `verb '${verb}' is not a known verb`);
  }
  const filled = {
    namespace,
    verb,
    group: type.group,
    resource: type.plural,
    subresource: context.flags.string('subresource'),
    name,
  };
  return {resourceAttributes: Object.fromEntries(Object.entries(filled).filter(([, value]) => value !== ''))};
};

const typeOf = async (context: VerbContext, word: string): Promise<{group: string; plural: string; found?: ApiResource}> => {
  if (word === '*') return {group: '', plural: '*'};
  const lower = word.toLowerCase();
  const {discovery} = await context.cluster();
  const [found] = await discovery.find(lower);
  if (found !== undefined) return {group: found.group, plural: found.plural, found};
  const [plural = '', ...rest] = lower.split('.');
  const group = rest.join('.');
  // Types one may be allowed to impersonate, but that no server lists.
  if (!['users', 'groups'].includes(lower)) {
    warn(context, `the server doesn't have a resource type '${plural}'${group === '' ? '' : ` in group '${group}'`}`);
  }
  return {group: '', plural: word};
};

export const verb: Verb = {
  name: 'auth can-i',
  short: 'Check whether an action is allowed',
  long:
    'Ask the server whether an action is allowed. The exit code is 0 for yes and 1 for no.\n\n' +
    ' VERB is an API verb such as get, list, watch, create or delete; TYPE a type, with a name if wanted; NONRESOURCEURL a path\n' +
    ' that starts with "/". With --as the question is asked for somebody else.',
  examples: `
  # May I create pods in any namespace?
  {program} auth can-i create pods --all-namespaces

  # May this service account list pods there?
  {program} auth can-i list pods --as=system:serviceaccount:dev:foo -n prod

  # May I read logs?
  {program} auth can-i get pods --subresource=log

  # All I may do in a namespace
  {program} auth can-i --list --namespace=shop`,
  usage: 'VERB [TYPE | TYPE/NAME | NONRESOURCEURL]',
  flags: [
    {name: 'all-namespaces', short: 'A', type: 'bool', usage: 'Ask for all namespaces.'},
    {name: 'list', type: 'bool', usage: 'List everything that is allowed.'},
    noHeadersFlag,
    {name: 'quiet', short: 'q', type: 'bool', usage: 'Print nothing; the exit code tells.'},
    {name: 'subresource', type: 'string', usage: 'Subresource such as log or scale.'},
  ],
  run,
};
