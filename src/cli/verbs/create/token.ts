// `create token`: a token of a service account, printed and kept nowhere.
import {messageOf} from '../../../base/errors.ts';
import {pathOf, type AnyObject} from '../../../kube/types/object.ts';
import {cliError} from '../../errors.ts';
import {printFlags} from '../../flags/bundles.ts';
import {resultPrinter} from '../../results.ts';
import type {Verb, VerbContext} from '../../verb.ts';
import {nameOf} from './generated.ts';

const BOUND_KINDS: Readonly<Record<string, string>> = {Node: 'v1', Pod: 'v1', Secret: 'v1'};

const validate = ({flags}: VerbContext): void => {
  const duration = flags.duration('duration');
  if (duration < 0) throw cliError('--duration must be greater than or equal to 0');
  if (duration % 1000 !== 0) throw cliError('--duration cannot be expressed in units less than seconds');
  if (flags.strings('audience').includes('')) throw cliError('--audience must not be an empty string');
  const [kind, name, uid] = [
    flags.string('bound-object-kind'),
    flags.string('bound-object-name'),
    flags.string('bound-object-uid'),
  ];
  if (kind === '') {
    if (name !== '') throw cliError('--bound-object-name can only be set if --bound-object-kind is provided');
    if (uid !== '') throw cliError('--bound-object-uid can only be set if --bound-object-kind is provided');
    return;
  }
  if (BOUND_KINDS[kind] === undefined)
    throw cliError(`supported --bound-object-kind values are ${Object.keys(BOUND_KINDS).join(', ')}`);
  if (name === '') throw cliError('--bound-object-name is required if --bound-object-kind is provided');
};

const run = async (context: VerbContext): Promise<number> => {
  const {flags, streams} = context;
  const name = nameOf(context);
  const print = flags.given('output') ? await resultPrinter(context) : undefined;
  validate(context);
  const {client, namespace} = await context.cluster();
  const kind = flags.string('bound-object-kind');
  const seconds = flags.duration('duration') / 1000;
  const uid = flags.string('bound-object-uid');
  const body = {
    apiVersion: 'authentication.k8s.io/v1',
    kind: 'TokenRequest',
    spec: {
      audiences: flags.strings('audience'),
      ...(seconds > 0 ? {expirationSeconds: seconds} : {}),
      ...(kind === ''
        ? {}
        : {
            boundObjectRef: {
              kind,
              apiVersion: BOUND_KINDS[kind],
              name: flags.string('bound-object-name'),
              ...(uid === '' ? {} : {uid}),
            },
          }),
    },
  };
  let answer: AnyObject & {status?: {token?: string}};
  try {
    const path = pathOf({group: '', version: 'v1', plural: 'serviceaccounts'}, {namespace, name, subresource: 'token'});
    answer = (await client.request({method: 'POST', path, body})).json();
  } catch (error) {
    throw cliError(`failed to create token: ${messageOf(error)}`);
  }
  const token = answer.status?.token ?? '';
  if (token === '') throw cliError('failed to create token: no token in server response');
  if (print !== undefined) print(answer, 'created');
  else streams.stdout.write(streams.stdout.isTTY === true ? `${token}\n` : token);
  return 0;
};

export const verb: Verb = {
  name: 'token',
  short: 'Request a service account token',
  long: 'Ask the cluster for a token of a service account and print it.',
  examples: `
  # A token for the service account builder
  {program} create token builder

  # One that ends after ten minutes
  {program} create token builder --duration 10m`,
  usage: 'SERVICE_ACCOUNT_NAME',
  flags: [
    {name: 'audience', type: 'list', usage: "Audience of the token; the API server's when not given."},
    {name: 'bound-object-kind', type: 'string', usage: 'Kind of an object the token ends with: Node, Pod, Secret.'},
    {name: 'bound-object-name', type: 'string', usage: 'Name of that object.'},
    {name: 'bound-object-uid', type: 'string', usage: 'UID of that object.'},
    {name: 'duration', type: 'duration', default: '0s', usage: 'Lifetime asked for; the server decides.'},
    ...printFlags(),
  ],
  run,
};
