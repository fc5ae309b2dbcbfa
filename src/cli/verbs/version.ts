// `version`: the kubectl release kdeck matches, and the server's. Loads nothing but this file for `--client`.
import {cliError} from '../errors.ts';
import type {Verb, VerbContext} from '../verb.ts';

/** The releases whose behaviour kdeck has. */
const KUBECTL = {major: '1', minor: '36', gitVersion: 'v1.36.3'};
const KUSTOMIZE = 'v5.8.1';

type VersionInfo = Readonly<Record<string, string>>;

// The fields Go's version.Info always has; there is no Go in kdeck, so what only Go could tell is empty.
const clientVersion = (): VersionInfo => ({
  ...KUBECTL,
  gitCommit: '',
  gitTreeState: '',
  buildDate: '1970-01-01T00:00:00Z',
  goVersion: '',
  compiler: '',
  platform: `${process.platform === 'win32' ? 'windows' : process.platform}/${process.arch === 'x64' ? 'amd64' : process.arch}`,
});

const FIELDS = [
  'major',
  'minor',
  'emulationMajor',
  'emulationMinor',
  'minCompatibilityMajor',
  'minCompatibilityMinor',
  'gitVersion',
  'gitCommit',
  'gitTreeState',
  'buildDate',
  'goVersion',
  'compiler',
  'platform',
];

/** The server's answer in the order of Go's struct, unknown fields dropped. */
const inOrder = (info: VersionInfo): VersionInfo =>
  Object.fromEntries(FIELDS.filter((field) => info[field] !== undefined).map((field) => [field, info[field]!]));

const run = async (context: VerbContext): Promise<number> => {
  const {flags, args, streams} = context;
  const output = flags.string('output');
  const clientOnly = flags.bool('client');
  if (!clientOnly && args.length > 0) throw cliError(`extra arguments: [${args.join(' ')}]`);
  if (output !== '' && output !== 'yaml' && output !== 'json') throw cliError("--output must be 'yaml' or 'json'");
  let server: VersionInfo | undefined;
  let failure: unknown;
  if (!clientOnly) {
    try {
      const {client} = await context.cluster();
      server = inOrder((await client.request({path: '/version'})).json<VersionInfo>());
    } catch (error) {
      // What is known is printed first.
      failure = error;
    }
  }
  if (output === '') {
    const lines = [`Client Version: ${KUBECTL.gitVersion}`, `Kustomize Version: ${KUSTOMIZE}`];
    if (server !== undefined) lines.push(`Server Version: ${server['gitVersion'] ?? ''}`);
    streams.stdout.write(`${lines.join('\n')}\n`);
  } else {
    const info = {
      clientVersion: clientVersion(),
      kustomizeVersion: KUSTOMIZE,
      ...(server === undefined ? {} : {serverVersion: server}),
    };
    if (output === 'json') streams.stdout.write(`${JSON.stringify(info, undefined, 2)}\n`);
    else {
      const {writeYaml} = await import('../../base/yaml/write.ts');
      streams.stdout.write(`${writeYaml(info)}\n`);
    }
  }
  if (server !== undefined) warnOfSkew(context, server);
  if (failure !== undefined) throw failure;
  return 0;
};

const warnOfSkew = ({streams, flags}: VerbContext, server: VersionInfo): void => {
  const version = server['gitVersion'] ?? '';
  const match = /^v?(\d+)\.(\d+)\./.exec(version);
  if (match === null) throw cliError(`server version error: could not parse ${JSON.stringify(version)} as version`);
  const [major, minor] = [Number(match[1]), Number(match[2])];
  if (major === Number(KUBECTL.major) && Math.abs(minor - Number(KUBECTL.minor)) <= 1) return;
  const text =
    `version difference between client (${KUBECTL.major}.${KUBECTL.minor}) and server (${major}.${minor}) ` +
    'exceeds the supported minor version skew of +/-1';
  if (flags.bool('warnings-as-errors')) throw cliError(text);
  streams.stderr.write(`Warning: ${text}\n`);
};

export const verb: Verb = {
  name: 'version',
  short: 'Print the client and server version information',
  long: 'Print the kubectl version whose behaviour this program has, and the version of the server.',
  examples: `
  # Both versions
  {program} version

  # Without asking a server
  {program} version --client`,
  usage: '[flags]',
  flags: [
    {name: 'client', type: 'bool', usage: 'Print the client version only; no server is needed.'},
    {name: 'output', short: 'o', type: 'string', usage: "One of 'yaml' or 'json'."},
  ],
  run,
};
