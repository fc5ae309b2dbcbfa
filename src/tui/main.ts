// Starts the TUI: the first frame is drawn from what is known already, then the cluster's answers fill it.
import {once} from 'node:events';
import process from 'node:process';
import {setImmediate as turn, setTimeout as pause} from 'node:timers/promises';
import type {Instance} from 'ink';
import {builtinCommands} from '../commands/builtin/commands.ts';
import {commandsFromActions} from '../commands/from-action.ts';
import {createRegistry} from '../commands/registry.ts';
import {messageOf} from '../base/errors.ts';
import {loadWidths} from '../base/text.ts';
import {defaults} from '../config/schema.ts';
import type {InkApp} from './app.tsx';
import {askAgain} from './ask-again.ts';
import {appCommands} from './commands/app-commands.ts';
import {firstFrame, leaveFirstFrame, makeRoom, paintEarly} from './first-frame.ts';
import {forwardCommands} from './commands/forwards.ts';
import {objectCommands} from './commands/object-commands.ts';
import {localCommands} from './commands/local.ts';
import {PluginCommands} from './commands/plugin-commands.ts';
import {sessionCommands} from './commands/sessions.ts';
import type {Opened, Running, StartOptions} from './options.ts';
import {loadPty} from './pane/load-pty.ts';
import {programsOf} from './pane/programs.ts';
import type {Line} from './prompt/grammar.ts';
import {readLine} from './prompt/grammar.ts';
import {ForwardKeeper} from './screens/forwards/forward-keeper.ts';
import {screens} from './screens/screens.ts';
import type {Place, Size} from './session/app.ts';
import {Catalogue} from './session/catalogue.ts';
import {bodySize} from './session/frame.ts';
import type {Connection, Services} from './session/services.ts';
import {Session} from './session/session.ts';
import {Terminal} from './terminal/terminal.ts';
import {colourDepth} from './theme/depth.ts';
import {glyphsFor} from './theme/glyphs.ts';
import {createLook} from './theme/look.ts';
import {loadTheme, themeNames} from './theme/theme.ts';
import type * as InkHost from './ink-host.tsx';
import {ObjectFeed} from './object-feed.ts';
import {UsagePoller} from './usage-poller.ts';

const sizeOf = ({columns, rows}: {readonly columns?: number; readonly rows?: number}): Size => ({
  columns: columns ?? 80,
  rows: rows ?? 24,
});

/** A light background by what some terminals export; OSC 11 may know better a moment later. */
const isLightByEnv = (env: Readonly<Record<string, string | undefined>>): boolean => {
  const background = env['COLORFGBG']?.split(';').at(-1);
  return background === '7' || background === '15';
};

const stopGroup = async (): Promise<void> => {
  const continued = once(process, 'SIGCONT');
  // Something must keep the loop alive while the keyboard is let go, or Ink takes it for the end.
  const hold = setInterval(() => {}, 60_000);
  process.kill(0, 'SIGTSTP');
  await continued;
  clearInterval(hold);
};

/** Milliseconds until all kinds are loaded. */
const kindsWait = 25;

/** Long steps with a turn between them, in which keys and answers are heard. */
const loadInk = async (): Promise<typeof InkHost> => {
  await loadWidths();
  await turn();
  const host = await import('./ink-host.tsx');
  await turn();
  host.rehearse();
  await turn();
  return host;
};

/** Runs the TUI until the user leaves; resolves with the exit code. */
export const startTui = async (options: StartOptions): Promise<number> => {
  const {stdin, stdout, env, now} = options;
  // Told later, by the header; a refusal in the meantime must not end the process.
  options.opened.catch(() => {});
  const depth = colourDepth(env);
  const glyphs = glyphsFor(options.glyphs, env);
  const warnings = [...(options.warnings ?? [])];
  const auto = options.theme === 'auto' || options.theme === '';
  const theme = await loadTheme(auto ? (isLightByEnv(env) ? 'light' : 'dark') : options.theme, options.themeFolders).catch(
    async (error: unknown) => {
      warnings.push(messageOf(error));
      return loadTheme('dark', options.themeFolders);
    },
  );
  const registry = createRegistry(builtinCommands, options.keys);
  const extend = options.extendKind ?? ((kind) => kind);
  const kinds = new Catalogue(options.firstKind === undefined ? [] : [options.firstKind], undefined, extend);

  const terminal = new Terminal(stdin, stdout, {mouse: options.mouse, env});
  const finished = Promise.withResolvers<number>();
  // Ink comes behind the first frame; who needs the whole terminal before that waits.
  const ink = Promise.withResolvers<InkApp>();
  let instance: Instance | undefined;
  let place: Place = options.place;
  let recent: readonly string[] = options.recentNamespaces;
  /** Of contexts left in this run. */
  const recents = new Map<string, readonly string[]>();
  let connection: Connection | undefined;
  let attempt = 0;

  const lend: Services['terminal']['lend'] = async (run) => {
    const lent = {stdin, stdout, env};
    const app = await ink.promise;
    await app.suspendTerminal(async () => {
      terminal.release();
      // Node stops reading one turn after `pause`: a child started earlier would lose its first keys.
      await turn();
      try {
        await run(lent);
      } finally {
        terminal.resume();
      }
    });
  };

  /** Ctrl-Z, or a SIGTSTP from elsewhere: stops as a shell expects, and comes back when it continues. */
  const stop = (): Promise<void> =>
    lend(async () => {
      process.removeListener('SIGTSTP', onStopSignal);
      await (options.stopProcess ?? stopGroup)();
      if (!ended) process.on('SIGTSTP', onStopSignal);
    });
  const onStopSignal = (): void => void stop();
  let ended = false;

  const hooks = options.hooks?.((plugin, hook, problem) =>
    session.dispatch({type: 'toast', toast: {tone: 'warn', text: `The plugin ${plugin} had a problem with ${hook}: ${problem}`}}),
  );
  const feed = new ObjectFeed(hooks);
  const forwards = new ForwardKeeper({
    now,
    changed: () => session.poke(),
    tell: (toast) => session.dispatch({type: 'toast', toast}),
  });
  const programs = programsOf({
    env,
    lend,
    send: (event) => session.dispatch(event),
    room: () => bodySize(session.app),
    pty: () => loadPty(options.root),
  });
  const pluginCommands = new PluginCommands();
  const session: Session = new Session({
    clock: {now},
    size: sizeOf(stdout),
    look: createLook(theme, depth, glyphs),
    registry,
    kinds,
    screens,
    handlers: [pluginCommands.handle, appCommands, localCommands, sessionCommands, forwardCommands, objectCommands],
    place,
    recentNamespaces: recent,
    kdeckVersion: options.version,
    logs: options.logs ?? defaults.logs,
    services: {
      connect: async (name) => (await options.openContext(name)).connection,
      contexts: options.contexts,
      forwards,
      hooks,
      remember: options.remember,
      programs,
      env,
      themes: () => themeNames(options.themeFolders),
      terminal: {
        copy: (text) => Promise.resolve(terminal.copy(text)),
        lend,
        repaint: () => {
          instance?.clear();
          session.redraw();
        },
        stop,
        title: (text) => terminal.title(text),
      },
    },
    onQuit: () => quit(0),
    onContext: (name) => void switchContext(name),
    onNamespaces: (namespaces) => switchNamespaces(namespaces),
    onTheme: (name) => void switchTheme(name),
    onObject: hooks === undefined ? undefined : (news) => void (feed.wanted && feed.take(news)),
  });
  session.holds = () => terminal.waiting || early.length > 0;

  /** What is typed in the first moment waits until every kind is known: `:deployments` must not be an unknown word. */
  const early: (() => void)[] = [];
  let understands = false;
  const understand = (): void => {
    understands = true;
    for (const input of early.splice(0)) input();
  };

  /** The line of the first screen while its kind is not known yet. */
  let unread: string | undefined;
  const read = (line: string): Line => readLine(line, {kinds: session.app.kinds, registry, contexts: []});
  const openFirst = (line: string): void => {
    const known = read(line);
    unread = known.is === 'kind' ? undefined : line;
    if (known.is === 'kind') {
      const namespaces = known.namespaces ?? place.namespaces;
      session.dispatch({
        type: 'open',
        how: 'root',
        screen: 'list',
        params: {
          kind: known.known.key,
          namespaces,
          ...(known.filter === undefined ? {} : {filter: known.filter}),
          ...(known.labels === undefined ? {} : {labelSelector: known.labels}),
        },
      });
    } else
      session.dispatch({
        type: 'open',
        how: 'root',
        screen: 'list',
        params: {kind: line.split(' ')[0] || 'pods', namespaces: place.namespaces},
      });
  };

  /** Once more kinds are known, the first line may mean one of them; unless somebody has gone elsewhere. */
  const readAgain = (): void => {
    const {screen, params} = session.showing;
    const stands = screen === 'list' && (params as {kind?: string}).kind === unread?.split(' ')[0];
    if (unread !== undefined && stands && read(unread).is === 'kind') openFirst(unread);
  };

  /** Takes what a cluster answered, unless the user has gone elsewhere meanwhile. */
  const take = async (opened: Promise<Opened>, mine: number): Promise<void> => {
    try {
      const got = await opened;
      if (mine !== attempt) return got.connection.close();
      connection = got.connection;
      place = {...got.place, namespaces: place.namespaces};
      session.connected(connection, undefined, place);
      terminal.title(`kdeck ${place.context}`);
      void hooks?.tell('contextChanged', {context: place.context, namespaces: place.namespaces});
      learn(got.connection, mine);
    } catch (error) {
      if (mine === attempt) session.connected(undefined, error, place);
    }
    return undefined;
  };

  /** Questions whose answers make the screens richer; none of them is needed. */
  const learn = (from: Connection, mine: number): void => {
    const tell = <T>(ask: () => Promise<T>, use: (answer: T) => void): Promise<void> => askAgain(ask, use, () => mine === attempt);
    void tell(
      () => from.serverVersion(),
      (serverVersion) => session.learned({serverVersion}),
    );
    void tell(
      () => from.cluster.discovery.resources(),
      (resources) => {
        session.learned({kinds: session.app.kinds.with(resources)});
        readAgain();
      },
    );
    void tell(
      () => from.view.list({group: '', version: 'v1', plural: 'namespaces'}),
      (list) => session.learned({namespaces: list.map(({metadata}) => metadata.name ?? '')}),
    );
  };

  const switchContext = async (name: string): Promise<void> => {
    const mine = ++attempt;
    const old = connection;
    connection = undefined;
    poller.reset();
    session.leaveAll();
    const closed = forwards.stopAll();
    if (closed > 0)
      session.dispatch({
        type: 'toast',
        toast: {
          tone: 'idle',
          text: `${closed === 1 ? 'The port-forward has' : `${closed} port-forwards have`} ended with the context`,
        },
      });
    recents.set(place.context, recent);
    try {
      place = await options.placeOf(name);
    } catch (error) {
      session.dispatch({type: 'toast', toast: {tone: 'bad', text: messageOf(error)}});
      place = {context: name, cluster: '', user: '', namespaces: ['default'], readonly: false};
    }
    void old?.close();
    if (mine !== attempt) return;
    recent = recents.get(place.context) ?? options.recentOf?.(place.context) ?? [];
    session.learned({recentNamespaces: recent});
    session.connected(undefined, undefined, place, new Catalogue(await options.allKinds(), undefined, extend));
    openFirst('pods');
    options.remember({context: name});
    session.run({label: `Open ${name}`, outlives: true, run: () => take(options.openContext(name), mine)});
  };

  const switchNamespaces = (namespaces: readonly string[] | 'all'): void => {
    place = {...place, namespaces};
    if (namespaces !== 'all') recent = [...namespaces, ...recent.filter((name) => !namespaces.includes(name))].slice(0, 9);
    options.remember({context: place.context, ...(namespaces === 'all' ? {} : {namespaces: recent})});
    session.learned({place, recentNamespaces: recent});
    void hooks?.tell('contextChanged', {context: place.context, namespaces});
    const {screen, params} = session.showing;
    const {kind, of} = (params ?? {}) as {kind?: string; of?: string};
    const known = kind === undefined ? undefined : session.app.kinds.get(kind);
    if (screen === 'list' && of === undefined && known?.resource.namespaced === true)
      session.dispatch({type: 'open', how: 'root', screen: 'list', params: {...(params as object), namespaces}});
  };

  const switchTheme = async (name: string): Promise<void> => {
    try {
      session.look = createLook(await loadTheme(name, options.themeFolders), depth, glyphs);
    } catch (error) {
      session.dispatch({type: 'toast', toast: {tone: 'bad', text: messageOf(error)}});
    }
  };

  openFirst(options.line);

  // Before the first frame: a key pressed on seeing it must not meet a terminal that still echoes.
  terminal.start((input, bytes) => {
    if (input.type === 'background' && auto && depth > 0) {
      const light = 0.2126 * input.red + 0.7152 * input.green + 0.0722 * input.blue > 0.5;
      if (light === session.look.theme.dark) void switchTheme(light ? 'light' : 'dark');
    }
    if (understands || (input.type === 'key' && input.chord === 'ctrl+c')) session.input(input, bytes);
    else early.push(() => session.input(input, bytes));
  });
  const onResize = (): void => session.resize(sizeOf(stdout));
  stdout.on('resize', onResize);
  const poller = new UsagePoller(session, options.metricsSeconds, () => now().getTime());
  let ticking: NodeJS.Timeout | undefined;
  let unsubscribe: (() => void) | undefined;

  const end = (): void => {
    if (ended) return;
    ended = true;
    attempt++;
    clearInterval(ticking);
    unsubscribe?.();
    stdout.removeListener('resize', onResize);
    process.removeListener('SIGTSTP', onStopSignal);
    process.removeListener('exit', end);
    process.removeListener('uncaughtException', crash);
    process.removeListener('unhandledRejection', crash);
    session.end();
    forwards.stopAll();
    feed.close();
    terminal.release();
    if (instance === undefined) stdout.write(leaveFirstFrame);
    else instance.unmount();
    void connection?.close();
    // Ink listens too, and raises a signal anew when nobody else does: ours stay until this turn is over.
    setImmediate(() => {
      for (const [signal, listener] of signals) process.removeListener(signal, listener);
    });
  };
  const quit = (code: number): void => {
    end();
    finished.resolve(code);
  };
  const crash = (error: unknown): void => {
    end();
    finished.reject(error);
  };
  const signals = (
    [
      ['SIGTERM', 15],
      ['SIGHUP', 1],
      ['SIGINT', 2],
    ] as const
  ).map(([signal, number]) => [signal, () => quit(128 + number)] as const);
  for (const [signal, listener] of signals) process.on(signal, listener);
  process.on('SIGTSTP', onStopSignal);
  process.on('exit', end);
  process.on('uncaughtException', crash);
  process.on('unhandledRejection', crash);

  stdout.write(firstFrame(session.frame));
  options.onPainted?.();
  // Whoever leaves meanwhile must not wait for Ink: nothing would keep the process alive until it came.
  const left = finished.promise.then(() => undefined);
  const ready = await Promise.race([Promise.resolve(options.plugged).then((plugged) => ({plugged})), left]);
  if (ready === undefined || ended) return finished.promise;
  const {plugged} = ready;
  for (const {command, origin} of plugged?.commands ?? []) {
    try {
      registry.add(command, origin);
      pluginCommands.add(command, origin.name);
    } catch (error) {
      warnings.push(`A command of the plugin ${origin.name} is left out: ${messageOf(error)}`);
    }
  }
  warnings.push(...(plugged?.warnings ?? []));
  if (options.firstKind !== undefined) session.learned({kinds: new Catalogue([options.firstKind], undefined, extend)});
  void hooks?.tell('started', {version: options.version});
  const painter = paintEarly(session, (text) => stdout.write(text));
  unsubscribe = painter.stop;
  session.run({label: 'Connect', outlives: true, run: () => take(options.opened, attempt)});
  session.run({
    label: 'Kinds',
    outlives: true,
    run: async () => {
      // The first request is to leave before; what is typed at once shall be understood nevertheless.
      await pause(kindsWait);
      try {
        const [all, contexts] = await Promise.all([options.allKinds(), options.contexts()]);
        await turn();
        for (const command of commandsFromActions(all.map(extend)))
          if (registry.get(command.id) === undefined) registry.add(command, {layer: 'kdeck', name: 'kdeck'});
        const before = session.app.kinds;
        const resources = before.complete ? before.all().map(({resource}) => resource) : undefined;
        session.learned({kinds: new Catalogue(all, resources, extend), contexts});
        readAgain();
      } finally {
        understand();
      }
    },
  });
  // Loading Ink holds the loop up for longer than a cluster nearby needs to answer.
  const host = await Promise.race([painter.rows.then(loadInk), left]);
  if (host === undefined || ended) return finished.promise;
  painter.stop();
  session.redraw();
  stdout.write(makeRoom);
  instance = host.showFrames(session, stdout, ink.resolve);
  await turn();
  if (ended) return finished.promise;
  ticking = setInterval(() => {
    session.tick();
    poller.poke(connection);
  }, 1000);
  unsubscribe = session.subscribe(() => poller.poke(connection));

  if (auto) terminal.askBackground();

  const running: Running = {
    session,
    idle: async () => {
      await session.idle();
      await instance?.waitUntilRenderFlush();
    },
    quit: (code = 0) => quit(code),
    lend,
    programs,
  };
  options.onStarted?.(running);
  for (const warning of warnings) session.dispatch({type: 'toast', toast: {tone: 'warn', text: warning}});

  return finished.promise;
};
