// Wires the TUI: config, plugins, the cluster and its first list, all on their way before Ink is loaded.
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {systemClock} from './base/clock.ts';
import {KdeckError, messageOf} from './base/errors.ts';
import {openWatchCache} from './cache/watch-cache.ts';
import {globalFlags, helpFlag, connectionOf as connectionFlagsOf} from './cli/flags/global.ts';
import {FlagSet, parseFlags} from './cli/flags/parse.ts';
import type {Flag} from './cli/verb.ts';
import {loadKeys} from './config/keys.ts';
import {contextConfig, loadConfig} from './config/load.ts';
import {pathsFor} from './config/paths.ts';
import {loadState, stateWritten, updateState, type ContextState, type State} from './config/state.ts';
import type {CredentialHooks} from './kube/credentials/setting.ts';
import {listContexts, openCluster, peekContext} from './operations/connect.ts';
import type {ConnectionFlags} from './operations/cluster.ts';
import {HookRunner} from './plugins/host/hooks.ts';
import {ContributionRegistry} from './plugins/host/registry.ts';
import {findEntries, loadAllKinds} from './resources/catalogue.ts';
import {startTui} from './tui/main.ts';
import type {Opened, Plugged, Running, StartOptions} from './tui/options.ts';
import type {Place} from './tui/session/app.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** What main.ts hands over. */
export type TuiHost = {
  readonly argv: readonly string[];
  readonly env: Env;
  readonly stdin: StartOptions['stdin'];
  readonly stdout: StartOptions['stdout'];
  readonly version: string;
  /** kdeck's own folder, with `themes/` and `plugins/`. */
  readonly root: URL;
};

const tuiFlags: readonly Flag[] = [
  {name: 'all-namespaces', short: 'A', type: 'bool', usage: 'Show objects of all namespaces.'},
  {name: 'theme', type: 'string', usage: 'Theme to draw in.'},
];

/** Namespaces of `-n a,b`, `-A`, remembered ones, the context's own: in this order. */
const namespacesOf = (
  given: string | undefined,
  all: boolean,
  state: State,
  context: string,
  fallback: string,
): readonly string[] | 'all' => {
  if (all) return 'all';
  if (given !== undefined) return given.split(',').filter((name) => name !== '');
  const remembered = state.contexts[context]?.namespaces;
  return remembered === undefined || remembered.length === 0 ? [fallback] : remembered.slice(0, 1);
};

/** Runs the TUI until the user leaves; resolves with the exit code. Throws only for words it cannot read. */
export const openTui = async ({argv, env, stdin, stdout, version, root}: TuiHost): Promise<number> => {
  if (env['KDECK_TRACE'] !== undefined) (await import('./base/trace.ts')).traceTerminal(env['KDECK_TRACE'], stdin, stdout);
  const line = parseFlags(argv, new FlagSet(tuiFlags, globalFlags, [helpFlag]));
  const given = line.values.given('namespace') ? line.values.string('namespace') : undefined;
  // `-n a,b` is several namespaces here; the client gets the first one as its own.
  const flags: ConnectionFlags = {...connectionFlagsOf(line.values, []), namespace: given?.split(',')[0]};
  const paths = pathsFor(env);
  const [{config, warnings: configWarnings}, {changes, warnings: keyWarnings}, state, names] = await Promise.all([
    loadConfig(paths.config),
    loadKeys(paths.keys),
    loadState(paths.state),
    peekContext(flags, env).catch((error: unknown) => ({error})),
  ]);
  const known = 'error' in names ? {context: '', cluster: '', user: '', namespace: 'default', namespaceExplicit: false} : names;
  const wanted = namespacesOf(given, line.values.bool('all-namespaces'), state, known.context, known.namespace);
  const first = findEntries(line.args[0] ?? 'pods')[0];
  const firstKind = await first?.load();

  /** A convenience: a disk that refuses stops nobody. */
  const changeState = (context: string, change: (before: ContextState) => ContextState, isRecent = false): void => {
    updateState(paths.state, ({contexts, recentContexts}) => ({
      recentContexts: isRecent ? [context, ...recentContexts.filter((name) => name !== context)].slice(0, 20) : recentContexts,
      contexts: {...contexts, [context]: {...contexts[context], ...change(contexts[context] ?? {})}},
    })).catch(() => undefined);
  };

  const placeFor = (context: string, cluster: string, user: string, namespaces: readonly string[] | 'all'): Place => {
    const settings = contextConfig(config, context);
    return {
      context,
      cluster,
      user,
      namespaces,
      readonly: flags.readonly === true || settings.readonly,
      ...(settings.label === '' ? {} : {label: settings.label}),
      ...(settings.tone === '' ? {} : {tone: settings.tone as Exclude<Place['tone'], undefined>}),
    };
  };
  const registry = new ContributionRegistry();
  // What the first frame does not need comes behind it.
  const painted = Promise.withResolvers<void>();
  const plugged = painted.promise.then(async (): Promise<Plugged> => {
    const {loadBundledPlugins} = await import('./plugins/host/load.ts');
    const warnings = await loadBundledPlugins(registry, root);
    return {commands: registry.commands().map(({value, origin}) => ({command: value, origin})), warnings};
  });
  // Clusters are opened before there is a screen to leave; a login program that asks something waits for one.
  const running = Promise.withResolvers<Running>();
  const lendTerminal = async <T>(use: () => Promise<T>): Promise<T> => {
    let result: {readonly value: T} | undefined;
    await (
      await running.promise
    ).lend(async () => {
      result = {value: await use()};
    });
    return result!.value;
  };
  const runInteractive: CredentialHooks['runInteractive'] = async (plugin) => {
    const {programs} = await running.promise;
    return (await import('./tui/pane/login.ts')).loginInPane(programs, plugin);
  };
  const open = async (context: string | undefined, namespaces: readonly string[] | 'all'): Promise<Opened> => {
    const asked: ConnectionFlags =
      context === undefined ? flags : {...flags, context, cluster: undefined, user: undefined, namespace: undefined};
    const named = await peekContext(asked, env);
    if (
      named.context === '' &&
      named.cluster === '' &&
      asked.server === undefined &&
      env['KUBERNETES_SERVICE_HOST'] === undefined
    ) {
      throw new KdeckError(
        'KD-TUI-NO-CLUSTER',
        'There is no cluster to show: no kubeconfig names one. Set KUBECONFIG or pass --kubeconfig FILE, then start kdeck again; or choose a context with :ctx.',
      );
    }
    const settings = contextConfig(config, named.context);
    const cluster = await openCluster(
      {...asked, readonly: flags.readonly === true || settings.readonly},
      {transport: 'live', env, userAgent: `kdeck/${version}`, hooks: {lendTerminal, runInteractive}},
    );
    const cache = openWatchCache(cluster.client, {
      grace: config.watchGraceSeconds * 1000,
      candidateNamespaces: () => [
        ...new Set([
          ...(namespaces === 'all' ? [] : namespaces),
          named.namespace,
          ...settings.namespaces,
          ...(state.contexts[named.context]?.seenNamespaces ?? []),
        ]),
      ],
      onFound: (namespace) => {
        if (state.contexts[named.context]?.seenNamespaces?.includes(namespace) !== true)
          changeState(named.context, ({seenNamespaces = []}) => ({
            seenNamespaces: [namespace, ...seenNamespaces.filter((name) => name !== namespace)].slice(0, 30),
          }));
      },
    });
    // The list of the first screen is asked for now, and the screen shares it; plugins may want more of its objects.
    await plugged;
    if (firstKind !== undefined)
      cache.open(registry.extend(firstKind), {namespaces: firstKind.namespaced ? namespaces : 'all'})[Symbol.dispose]();
    const {connectionOf} = await import('./tui/connection.ts');
    return {
      connection: connectionOf({cluster, cache, now: systemClock.now}),
      place: placeFor(cluster.context, cluster.clusterName, cluster.userName, namespaces),
    };
  };

  const code = await startTui({
    stdin,
    stdout,
    // Programs that are run from here look at the same cluster.
    env: flags.kubeconfig === undefined ? env : {...env, KUBECONFIG: flags.kubeconfig},
    now: systemClock.now,
    version,
    root: fileURLToPath(root),
    place: placeFor(known.context, known.cluster, known.user, wanted),
    opened: painted.promise.then(() => ('error' in names ? Promise.reject<Opened>(names.error) : open(undefined, wanted))),
    onPainted: painted.resolve,
    plugged,
    openContext: (name) => open(name, namespacesOf(undefined, false, state, name, 'default')),
    placeOf: async (name) => {
      const {context, cluster, user, namespace} = await peekContext(
        {...flags, context: name, cluster: undefined, user: undefined, namespace: undefined},
        env,
      );
      return placeFor(context, cluster, user, namespacesOf(undefined, false, state, context, namespace));
    },
    contexts: () => listContexts(flags, env),
    firstKind,
    allKinds: loadAllKinds,
    extendKind: (kind) => registry.extend(kind),
    onStarted: running.resolve,
    hooks: (report) => new HookRunner(registry, report),
    line: line.args.join(' ') || 'pods',
    keys: changes,
    theme: line.values.given('theme') ? line.values.string('theme') : contextConfig(config, known.context).theme || config.theme,
    themeFolders: [join(fileURLToPath(root), 'themes'), paths.themes],
    glyphs: config.glyphs,
    mouse: config.mouse,
    metricsSeconds: config.metricsSeconds,
    logs: config.logs,
    recentNamespaces: state.contexts[known.context]?.namespaces ?? [],
    recentOf: (context) => state.contexts[context]?.namespaces ?? [],
    remember: ({context, namespaces, view}) => {
      changeState(
        context,
        () => ({...(namespaces === undefined ? {} : {namespaces}), ...(view === undefined ? {} : {view})}),
        true,
      );
    },
    warnings: [...configWarnings, ...keyWarnings],
  }).catch((error: unknown) => {
    // The terminal is whole again here.
    process.stderr.write(
      `kdeck ended on an error of its own: ${messageOf(error)}\n${error instanceof Error && env['KDECK_DEBUG'] ? `${error.stack}\n` : ''}`,
    );
    return 70;
  });
  await stateWritten();
  return code;
};
