// `auth whoami`: who the server thinks we are.
import type {AnyObject} from '../../kube/types/object.ts';
import {TABLE_LAYOUT, TabWriter} from '../../output/tabwriter.ts';
import {cliError} from '../errors.ts';
import {printFlags} from '../flags/bundles.ts';
import type {Verb, VerbContext} from '../verb.ts';

type Review = AnyObject & {
  readonly status?: {
    readonly userInfo?: {
      readonly username?: string;
      readonly uid?: string;
      readonly groups?: readonly string[];
      readonly extra?: Readonly<Record<string, readonly string[]>>;
    };
  };
};

const reasonOf = (error: unknown): string | undefined => (error as {status?: {reason?: string}} | undefined)?.status?.reason;

/** The review in the newest version of the API the server has. */
const review = async (context: VerbContext): Promise<Review> => {
  const {client} = await context.cluster();
  let missing: unknown;
  for (const version of ['v1', 'v1beta1', 'v1alpha1']) {
    try {
      const answer = await client.request({
        method: 'POST',
        path: `/apis/authentication.k8s.io/${version}/selfsubjectreviews`,
        body: {kind: 'SelfSubjectReview', apiVersion: `authentication.k8s.io/${version}`, metadata: {}, status: {userInfo: {}}},
        harmless: true,
      });
      return answer.json<Review>();
    } catch (error) {
      const reason = reasonOf(error);
      if (reason === 'Forbidden') {
        throw cliError('the selfsubjectreviews API is not enabled in the cluster or you do not have permission to call it');
      }
      if (reason !== 'NotFound') throw error;
      missing = error;
    }
  }
  void missing;
  throw cliError('the selfsubjectreviews API is not enabled in the cluster');
};

const run = async (context: VerbContext): Promise<number> => {
  const {flags, streams} = context;
  const write = (text: string): void => void streams.stdout.write(text);
  if (flags.given('output')) {
    const {printerFor} = await import('../../output/printer-for.ts');
    const printer = await printerFor({
      output: flags.string('output'),
      family: 'verb',
      template: flags.string('template'),
      outputGiven: true,
      allowMissingKeys: flags.bool('allow-missing-template-keys'),
      showManagedFields: flags.bool('show-managed-fields'),
      typed: true,
      env: context.env,
    });
    printer.print(await review(context), write);
    return 0;
  }
  const {username = '', uid = '', groups = [], extra = {}} = (await review(context)).status?.userInfo ?? {};
  const tabs = new TabWriter(write, TABLE_LAYOUT);
  tabs.row(['ATTRIBUTE', 'VALUE']);
  if (username !== '') tabs.row(['Username', username]);
  if (uid !== '') tabs.row(['UID', uid]);
  if (groups.length > 0) tabs.row(['Groups', `[${groups.join(' ')}]`]);
  for (const key of Object.keys(extra).toSorted()) tabs.row([`Extra: ${key}`, `[${extra[key]!.join(' ')}]`]);
  tabs.flush();
  return 0;
};

export const verb: Verb = {
  name: 'auth whoami',
  short: 'Experimental: Check self subject attributes',
  long: 'Show who the server thinks you are: name, UID, groups and extras. It matters where a login plugin or a proxy decides that.',
  examples: `
  # Who am I?
  {program} auth whoami

  # As JSON
  {program} auth whoami -o json`,
  usage: '',
  flags: printFlags(),
  run,
};
