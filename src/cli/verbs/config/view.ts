// `config view`: the merged kubeconfig, secrets hidden unless asked for.
import {readFileSync} from 'node:fs';
import {dirname, isAbsolute, join} from 'node:path';
import {messageOf} from '../../../base/errors.ts';
import {readKubeconfig, type Kubeconfig, type Placed} from '../../../operations/kubeconfig.ts';
import {cliError, usageError} from '../../errors.ts';
import {printFlags} from '../../flags/bundles.ts';
import type {Verb, VerbContext} from '../../verb.ts';

type Stanza = Readonly<Record<string, unknown>>;

const CLUSTER = [
  'server',
  'tls-server-name',
  'insecure-skip-tls-verify',
  'certificate-authority',
  'certificate-authority-data',
  'proxy-url',
  'disable-compression',
  'extensions',
];
const USER = [
  'client-certificate',
  'client-certificate-data',
  'client-key',
  'client-key-data',
  'token',
  'tokenFile',
  'as',
  'as-uid',
  'as-groups',
  'as-user-extra',
  'username',
  'password',
  'auth-provider',
  'exec',
  'extensions',
];
const CONTEXT = ['cluster', 'user', 'namespace', 'extensions'];
/** Path field to the field its content goes to with --flatten. */
const EMBEDDED = {
  'certificate-authority': 'certificate-authority-data',
  'client-certificate': 'client-certificate-data',
  'client-key': 'client-key-data',
} as const;
const OMITTED = ['certificate-authority-data', 'client-certificate-data', 'client-key-data'];
const REDACTED = ['token', 'password'];

const run = async (context: VerbContext): Promise<number> => {
  const {flags, args, connection, env, streams} = context;
  if (args.length > 0) throw usageError(context.command, `unexpected arguments: [${args.join(' ')}]`);
  const explicit = connection.kubeconfig !== undefined && connection.kubeconfig !== '';
  const merges = flags.tri('merge') ?? !explicit;
  const {printerFor} = await import('../../../output/printer-for.ts');
  const printer = await printerFor({
    output: flags.string('output'),
    family: 'verb',
    template: flags.string('template'),
    outputGiven: flags.given('output'),
    allowMissingKeys: flags.bool('allow-missing-template-keys'),
    showManagedFields: flags.bool('show-managed-fields'),
    typed: true,
    env,
  });
  if (!merges && !explicit) throw cliError('if merge==false a precise file must be specified');
  let config = await readKubeconfig(connection, env);
  if (flags.bool('minify')) config = minified(config, connection.context ?? '');
  const hide = !flags.bool('flatten') && !flags.bool('raw');
  const shape =
    (fields: readonly string[]) =>
    (placed: Placed<object>): Stanza => {
      let stanza = {...(placed.value as Stanza)};
      if (flags.bool('flatten')) stanza = embedded(stanza, placed.file);
      if (hide) stanza = hidden(stanza);
      return inOrder(stanza, fields);
    };
  printer.print(
    {
      kind: 'Config',
      apiVersion: 'v1',
      clusters: listOf(config.clusters, 'cluster', shape(CLUSTER)),
      users: listOf(config.users, 'user', shape(USER)),
      contexts: listOf(config.contexts, 'context', contextShape(shape(CONTEXT))),
      'current-context': config.currentContext,
      ...(config.extensions.size === 0 ? {} : {extensions: [...config.extensions].map(([name, extension]) => ({name, extension}))}),
    },
    (text) => void streams.stdout.write(text),
  );
  return 0;
};

const minified = (config: Kubeconfig, wanted: string): Kubeconfig => {
  const current = wanted === '' ? config.currentContext : wanted;
  if (current === '') throw cliError('current-context must exist in order to minify');
  const context = config.contexts.get(current);
  if (context === undefined) throw cliError(`cannot locate context ${current}`);
  const {cluster = '', user = ''} = context.value;
  if (cluster !== '' && !config.clusters.has(cluster)) throw cliError(`cannot locate cluster ${cluster}`);
  if (user !== '' && !config.users.has(user)) throw cliError(`cannot locate user ${user}`);
  return {
    ...config,
    currentContext: current,
    contexts: new Map([[current, context]]),
    clusters: new Map(cluster === '' ? [] : [[cluster, config.clusters.get(cluster)!]]),
    users: new Map(user === '' ? [] : [[user, config.users.get(user)!]]),
  };
};

const inOrder = (stanza: Stanza, fields: readonly string[]): Stanza =>
  Object.fromEntries(
    fields
      .filter((field) => !isEmpty(stanza[field]))
      .map((field) => [field, field === 'exec' ? execOf(stanza[field]) : stanza[field]]),
  );

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || value === false || (Array.isArray(value) && value.length === 0);

// Go's struct always writes these, even empty.
const execOf = (exec: unknown): Stanza => {
  const {
    command = '',
    args = null,
    env = null,
    apiVersion,
    installHint,
    provideClusterInfo = false,
    interactiveMode,
  } = exec as Record<string, unknown>;
  return {
    command,
    args,
    env,
    ...(isEmpty(apiVersion) ? {} : {apiVersion}),
    ...(isEmpty(installHint) ? {} : {installHint}),
    provideClusterInfo,
    ...(isEmpty(interactiveMode) ? {interactiveMode: 'IfAvailable'} : {interactiveMode}),
  };
};

// A context always shows these two.
const contextShape =
  (shape: (placed: Placed<object>) => Stanza) =>
  (placed: Placed<object>): Stanza => ({cluster: '', user: '', ...shape(placed)});

const listOf = (
  stanzas: ReadonlyMap<string, Placed<object>>,
  field: string,
  shape: (placed: Placed<object>) => Stanza,
): object[] | null =>
  stanzas.size === 0
    ? null
    : [...stanzas].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([name, placed]) => ({name, [field]: shape(placed)}));

const embedded = (stanza: Stanza, file: string): Stanza => {
  const flat: Record<string, unknown> = {...stanza};
  for (const [pathField, dataField] of Object.entries(EMBEDDED)) {
    const path = flat[pathField];
    if (typeof path !== 'string' || path === '') continue;
    delete flat[pathField];
    if (!isEmpty(flat[dataField])) continue;
    const absolute = isAbsolute(path) ? path : join(dirname(file), path);
    try {
      flat[dataField] = readFileSync(absolute).toString('base64');
    } catch (error) {
      throw cliError(
        (error as NodeJS.ErrnoException).code === 'ENOENT' ? `open ${absolute}: no such file or directory` : messageOf(error),
      );
    }
  }
  return flat;
};

const hidden = (stanza: Stanza): Stanza =>
  Object.fromEntries(
    Object.entries(stanza).map(([field, value]) =>
      isEmpty(value)
        ? [field, value]
        : OMITTED.includes(field)
          ? [field, 'DATA+OMITTED']
          : REDACTED.includes(field)
            ? [field, 'REDACTED']
            : [field, value],
    ),
  );

export const verb: Verb = {
  name: 'config view',
  short: 'Display merged kubeconfig settings or a specified kubeconfig file',
  long: 'Show the kubeconfig as it is in force: files merged, certificates and secrets left out.\n\n With --output jsonpath={...} single values are printed.',
  examples: `
  # All of it
  {program} config view

  # With certificates and secrets
  {program} config view --raw

  # Only what the current context needs, to pass on
  {program} config view --minify --flatten`,
  usage: '[flags]',
  flags: [
    ...printFlags(undefined, 'yaml'),
    {name: 'flatten', type: 'bool', usage: 'Put the content of certificate files in place of their paths.'},
    {name: 'merge', type: 'tri', usage: 'Merge all kubeconfig files.'},
    {name: 'minify', type: 'bool', usage: 'Leave out what the current context does not need.'},
    {name: 'raw', type: 'bool', usage: 'Show certificates and secrets.'},
  ],
  run,
};
