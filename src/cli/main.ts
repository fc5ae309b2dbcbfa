// The command-line face: finds the verb, loads only its file, runs it, prints errors as kubectl does, and chooses the exit code.
import {KdeckError} from '../base/errors.ts';
import type {Cluster, ConnectionFlags} from '../operations/cluster.ts';
import {findCommand} from './command-line.ts';
import {errorText, exitCodeOf, HelpWanted, PlainError} from './errors.ts';
import {connectionOf, globalFlags, helpFlag} from './flags/global.ts';
import {FlagError, FlagSet, parseFlags} from './flags/parse.ts';
import type {Streams, Verb, VerbContext} from './verb.ts';
import {isParent, ownCommands, verbIndex} from './verb-index.ts';
import {createWarner} from './warnings.ts';

/** What the program around gives to the command line. */
export type CliHost = {
  readonly streams: Streams;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** `kubectl` or `kdeck`: the name messages use. */
  readonly program: string;
  readonly now: () => Date;
  /** Opens a cluster; `command` is what the server is told, such as `kubectl rollout undo`. */
  readonly openCluster: (flags: ConnectionFlags, about: {readonly command: string}) => Promise<Cluster>;
};

/** Runs a command line and answers its exit code. Prints every error; throws none. */
export const runCli = async (argv: readonly string[], host: CliHost): Promise<number> => {
  try {
    return await dispatch(argv, host);
  } catch (error) {
    return report(error, host);
  }
};

const report = (error: unknown, host: CliHost): number => {
  // The reader of our output went away, or Ctrl-C: what a shell expects of a process ended by that signal.
  if ((error as NodeJS.ErrnoException | undefined)?.code === 'EPIPE') return 141;
  if (error instanceof Error && error.name === 'AbortError') return 130;
  host.streams.stderr.write(errorText(error));
  if (host.env['KDECK_DEBUG'] && error instanceof Error) host.streams.stderr.write(`${error.stack}\n`);
  return exitCodeOf(error);
};

const dispatch = async (argv: readonly string[], host: CliHost): Promise<number> => {
  const found = findCommand(argv);
  if (found.path === '') return runUnnamed(argv, found.next, host);
  const command = `${host.program} ${found.path}`;
  const entry = verbIndex[found.path];
  if (found.path === 'create' && found.next !== undefined && !found.rest[0]!.startsWith('-')) {
    const plugin = await tryPlugin(argv, argv.length - found.rest.length + 1, host);
    if (plugin !== undefined) return plugin;
  }
  if (found.path === 'options') return (await import('./help/help.ts')).printOptions(host);
  if (entry?.load === undefined && isParent(found.path)) {
    return (await import('./help/help.ts')).runParent(found.path, found.rest, host);
  }
  if (entry?.load === undefined) {
    throw new PlainError(`error: ${command} is not in kdeck yet`);
  }
  const {verb} = await entry.load();
  return runVerb(verb, found.path, found.rest, host);
};

const runUnnamed = async (argv: readonly string[], word: string | undefined, host: CliHost): Promise<number> => {
  if (word === 'help') return (await import('./help/help.ts')).runHelp(argv, host);
  if (argv[0]?.startsWith('__complete') === true) return (await import('./completion/complete.ts')).runComplete(argv, host);
  if (word === undefined) {
    const {values} = parseAt(argv, host.program, new FlagSet(globalFlags, [helpFlag]), host);
    // Flags alone, known ones: kubectl shows what it can do.
    void values;
    return (await import('./help/help.ts')).printRoot(host);
  }
  if (ownCommands.includes(word)) return (await import('./own/own.ts')).runOwn(argv, host);
  const plugin = await tryPlugin(argv, 1, host);
  if (plugin !== undefined) return plugin;
  const {suggestionText} = await import('./suggestions.ts');
  throw new KdeckError(
    'KD-CLI-COMMAND',
    `unknown command ${JSON.stringify(word)} for ${JSON.stringify(host.program)}${suggestionText(word)}`,
  );
};

const tryPlugin = async (words: readonly string[], minimum: number, host: CliHost): Promise<number | undefined> => {
  const {findPlugin, runPlugin} = await import('./plugins.ts');
  const plugin = findPlugin(words, host.env['PATH'] ?? '', minimum);
  if (plugin === undefined) return undefined;
  if ('error' in plugin) throw new PlainError(`Error: ${plugin.error}`);
  return runPlugin(plugin, host.env);
};

const parseAt = (words: readonly string[], command: string, set: FlagSet, host: CliHost): ReturnType<typeof parseFlags> => {
  try {
    const line = parseFlags(words, set);
    for (const text of line.deprecations) host.streams.stderr.write(`${text}\n`);
    return line;
  } catch (error) {
    if (!(error instanceof FlagError)) throw error;
    throw new KdeckError('KD-CLI-FLAG', `${error.message}\nSee '${command} --help' for usage.`);
  }
};

/** Runs a loaded verb on the words after its name. */
export const runVerb = async (verb: Verb, path: string, words: readonly string[], host: CliHost): Promise<number> => {
  const command = `${host.program} ${path}`;
  const line = parseAt(words, command, new FlagSet(verb.flags, globalFlags, [helpFlag]), host);
  if (line.values.bool('help')) return (await import('./help/help.ts')).printVerb(verb, path, host);
  const missing = verb.flags.filter((flag) => flag.required === true && !line.values.given(flag.name)).map((flag) => flag.name);
  if (missing.length > 0) {
    throw new KdeckError(
      'KD-CLI-REQUIRED',
      `required flag(s) ${missing
        .sort()
        .map((name) => JSON.stringify(name))
        .join(', ')} not set`,
    );
  }
  const warner = createWarner(host.streams.stderr, host.env);
  const context = new Context(verb, path, line, host, warner.warn);
  try {
    const code = await verb.run(context);
    if (code === 0 && warner.count > 0 && line.values.bool('warnings-as-errors')) {
      throw new KdeckError('KD-CLI-WARNINGS', `${warner.count} warning${warner.count === 1 ? '' : 's'} received`);
    }
    return code;
  } catch (error) {
    if (!(error instanceof HelpWanted)) throw error;
    await (await import('./help/help.ts')).printVerb(verb, path, host);
    if (error.message === '') return 0;
    throw new KdeckError('KD-CLI-HELP', error.message);
  } finally {
    await context.close();
  }
};

/** What a verb runs with; the cluster is opened and signals are taken only when it asks. */
export class Context implements VerbContext {
  readonly flags: VerbContext['flags'];
  readonly args: readonly string[];
  readonly dash: number | undefined;
  readonly streams: Streams;
  readonly env: VerbContext['env'];
  readonly connection: ConnectionFlags;
  readonly program: string;
  readonly command: string;
  readonly now: () => Date;
  readonly warn: (text: string) => void;
  readonly #host: CliHost;
  readonly #path: string;
  #cluster: Promise<Cluster> | undefined;
  #stop: AbortController | undefined;
  #onSignal: (() => void) | undefined;

  constructor(
    verb: Pick<Verb, 'flags'>,
    path: string,
    line: ReturnType<typeof parseFlags>,
    host: CliHost,
    warn: (text: string) => void,
  ) {
    this.flags = line.values;
    this.args = line.args;
    this.dash = line.dash;
    this.streams = host.streams;
    this.env = host.env;
    this.connection = connectionOf(line.values, verb.flags);
    this.program = host.program;
    this.command = `${host.program} ${path}`;
    this.now = host.now;
    this.warn = warn;
    this.#host = host;
    this.#path = path;
  }

  // A property holding a function, because verbs hand it on.
  readonly cluster = (): Promise<Cluster> => {
    // Servers are told kubectl's name whatever ours is, so that audit rules and proxies written for it hold.
    this.#cluster ??= this.#host.openCluster(this.connection, {command: `kubectl ${this.#path}`}).then((cluster) => {
      cluster.client.onWarning(this.warn);
      return cluster;
    });
    return this.#cluster;
  };

  get signal(): AbortSignal {
    if (this.#stop === undefined) {
      const stop = new AbortController();
      this.#stop = stop;
      this.#onSignal = () => stop.abort();
      process.once('SIGINT', this.#onSignal);
      process.once('SIGTERM', this.#onSignal);
    }
    return this.#stop.signal;
  }

  async close(): Promise<void> {
    if (this.#onSignal !== undefined) {
      process.off('SIGINT', this.#onSignal);
      process.off('SIGTERM', this.#onSignal);
    }
    const cluster = await this.#cluster?.catch(() => undefined);
    await cluster?.client[Symbol.asyncDispose]();
  }
}
