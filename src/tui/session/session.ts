// The loop: an input or event goes in, state changes, effects run, a frame comes out. Nothing here draws or knows a cluster.
import type {Clock} from '../../base/clock.ts';
import type {Situation} from '../../commands/command.ts';
import {applies, belongs} from '../../commands/match.ts';
import type {CommandRegistry} from '../../commands/registry.ts';
import type {LogSettings} from '../../config/schema.ts';
import type {Input} from '../keys/input.ts';
import type {HookRunner} from '../../plugins/host/hooks.ts';
import type {ObjectNews} from '../object-feed.ts';
import {Journal} from '../journal/journal.ts';
import type {Look} from '../theme/look.ts';
import type {App, At, OpenTable, Place, Size, TargetObject, UsageMaps} from './app.ts';
import type {Catalogue} from './catalogue.ts';
import type {AppEvent, Effect, Io, Toast} from './effect.ts';
import type {Frame} from './frame.ts';
import {bodySize, composeFrame, sameFrame} from './frame.ts';
import {linkOf} from './link.ts';
import type {Overlay} from './overlay.ts';
import type {Screen, ScreenEvent} from './screen.ts';
import {refusalOf} from '../commands/refusals.ts';
import type {Connection, ContextInfo, Services} from './services.ts';
import {ScreenTables} from './tables.ts';

/** A screen on the stack. */
type Entry = {
  readonly id: number;
  readonly screen: Screen;
  readonly params: unknown;
  state: unknown;
  readonly stop: AbortController;
  readonly tables: ScreenTables;
};

/** A place to come back to. */
export type Location = {readonly screen: string; readonly params: unknown};

/** Runs commands that belong to no single screen; undefined: not mine. */
export type CommandHandler = (id: string, session: SessionView) => readonly Effect[] | undefined;

/** What command handlers may read. */
export type SessionView = {
  readonly app: App;
  /** What stood behind the command in the prompt. */
  readonly argument: string | undefined;
  readonly targets: () => readonly TargetObject[];
  readonly top: {readonly name: string; readonly filter: string | undefined};
  /** Hooks of plugins. */
  readonly hooks: HookRunner | undefined;
  readonly depth: number;
  readonly back: readonly Location[];
  readonly forward: readonly Location[];
  readonly locations: {readonly goBack: () => void; readonly goForward: () => void; readonly goLast: () => void};
  readonly toggles: {readonly wide: () => void; readonly header: () => void};
};

/** How to make a session. */
export type SessionOptions = {
  readonly clock: Clock;
  readonly size: Size;
  readonly look: Look;
  readonly registry: CommandRegistry;
  readonly kinds: Catalogue;
  readonly screens: readonly Screen[];
  readonly handlers: readonly CommandHandler[];
  readonly services: Omit<Services, 'connection' | 'journal'>;
  readonly place: Place;
  readonly recentNamespaces?: readonly string[];
  readonly kdeckVersion: string;
  readonly logs: LogSettings;
  readonly onQuit: () => void;
  readonly onContext: (name: string) => void;
  readonly onNamespaces: (namespaces: readonly string[] | 'all') => void;
  readonly onTheme: (name: string) => void;
  /** Objects of live lists on screen that changed; absent when nobody listens. */
  readonly onObject?: ((news: ObjectNews) => void) | undefined;
};

/** At most this often do rows that changed by themselves reach the screen. */
const dataEvery = 100;
const toastFor = 6000;
const historyLength = 100;
/** Work that takes longer is worth a word in the header. */
const slow = 700;

/** One running TUI. */
export class Session {
  readonly #options: SessionOptions;
  readonly #screens: ReadonlyMap<string, Screen>;
  readonly #subscribers = new Set<() => void>();
  readonly #waiters = new Set<() => void>();
  readonly #lifetime = new AbortController();
  readonly #journal = new Journal();
  #stack: Entry[] = [];
  #nextEntry = 1;
  #overlay: Overlay | undefined;
  #toast: (Toast & {readonly at: number}) | undefined;
  #steps: readonly string[] = [];
  #size: Size;
  #look: Look;
  #kinds: Catalogue;
  #place: Place;
  #connection: Connection | undefined;
  #connectError: unknown;
  #contexts: readonly ContextInfo[] = [];
  #namespaces: readonly string[] = [];
  /** One object for the whole session: columns read it when they are drawn. */
  readonly #usage: UsageMaps = {};
  #serverVersion: string | undefined;
  #recent: readonly string[];
  #wide = false;
  #header = true;
  #back: Location[] = [];
  #forward: Location[] = [];
  #history = {prompt: [] as string[], filter: [] as string[]};
  #busy = 0;
  #busySince = 0;
  #queue: {readonly event: AppEvent; readonly from: Entry | undefined}[] = [];
  #draining = false;
  #dataTimer: NodeJS.Timeout | undefined;
  #dataDirty = false;
  #lastData = 0;
  #frame: Frame | undefined;
  #version = 0;
  #ended = false;
  /** Asked before the session calls itself idle: the input decoder has a key that waits. */
  holds: () => boolean = () => false;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#screens = new Map(options.screens.map((screen) => [screen.name, screen]));
    this.#size = options.size;
    this.#look = options.look;
    this.#kinds = options.kinds;
    this.#place = options.place;
    this.#recent = options.recentNamespaces ?? [];
  }

  // What React reads.
  subscribe = (listener: () => void): (() => void) => {
    this.#subscribers.add(listener);
    return () => this.#subscribers.delete(listener);
  };
  snapshot = (): number => this.#version;
  /** The frame as it should be on screen. */
  get frame(): Frame {
    this.#frame ??= this.#compose();
    return this.#frame;
  }

  /** True once a table on screen has something to show. */
  get hasRows(): boolean {
    return this.#top?.tables.all().some(({model}) => model.total > 0) ?? false;
  }

  /** What screens and overlays read. */
  get app(): App {
    return {
      size: this.#size,
      now: this.#options.clock.now(),
      look: this.#look,
      registry: this.#options.registry,
      kinds: this.#kinds,
      place: this.#place,
      link: linkOf(this.#connection, this.#connectError, this.#liveTables()),
      connection: this.#connection,
      usage: this.#usage,
      recentNamespaces: this.#recent,
      namespaces: this.#namespaces,
      contexts: this.#contexts,
      forwards: this.#options.services.forwards.all(),
      journal: this.#journal.all(),
      kdeckVersion: this.#options.kdeckVersion,
      logs: this.#options.logs,
      serverVersion: this.#serverVersion,
      wide: this.#wide,
      header: this.#header,
      situation: () => this.situation(),
      captured: this.#captured,
      history: this.#history,
    };
  }

  /** The live tables nearest to the top: a screen without any, such as help, hangs on the one it was opened from. */
  #liveTables(): readonly OpenTable[] {
    for (const {tables} of this.#stack.toReversed()) {
      const live = tables.all().filter(({phase}) => phase !== undefined);
      if (live.length > 0) return live;
    }
    return [];
  }

  get #top(): Entry | undefined {
    return this.#stack.at(-1);
  }

  get #captured(): boolean {
    const top = this.#top;
    // A screen that is just being opened has no state yet.
    return top !== undefined && top.state !== undefined && top.screen.captures?.(top.state) === true;
  }

  /** Name of the screen on top and of what lies over it: for tests and the journal. */
  get showing(): {readonly screen: string | undefined; readonly overlay: string | undefined; readonly params: unknown} {
    return {screen: this.#top?.screen.name, overlay: this.#overlay?.name, params: this.#top?.params};
  }

  /** Screens from the first to the one on top. */
  get crumbs(): readonly string[] {
    return this.#stack.map(({screen, params, tables}) => screen.crumb(params, this.app, (name) => tables.get(name)));
  }

  situation(): Situation {
    const top = this.#top;
    const own = top?.screen.situation?.(top.state, this.#at(top), top.params) ?? {};
    return {screen: top?.screen.name ?? '', kind: own.kind, selection: own.selection ?? 'none', writable: !this.#place.readonly};
  }

  // Ways in.

  /** A key, a click, a paste, and the bytes it was typed in. Shown at once. */
  input(input: Input, bytes = ''): void {
    if (this.#ended) return;
    const age = this.#toast === undefined ? 0 : this.#options.clock.now().getTime() - this.#toast.at;
    if (input.type === 'key' && age > 1500) this.#toast = undefined;
    this.#take(input, bytes);
    this.#drain();
    this.#publish();
  }

  /** An event from outside, such as the resize of the terminal's owner or a test. */
  dispatch(event: AppEvent): void {
    if (this.#ended) return;
    this.#queue.push({event, from: this.#top});
    this.#drain();
    this.#publish();
  }

  resize(size: Size): void {
    if (size.columns === this.#size.columns && size.rows === this.#size.rows) return;
    this.#size = size;
    this.#publish();
  }

  /** Something the services keep has changed. */
  poke(): void {
    this.#dataChanged();
  }

  /** The clock moved: ages and messages. */
  tick(): void {
    const toast = this.#toast;
    if (toast !== undefined && this.#options.clock.now().getTime() - toast.at > toastFor) this.#toast = undefined;
    this.#publish();
  }

  set look(look: Look) {
    this.#look = look;
    this.#publish();
  }
  get look(): Look {
    return this.#look;
  }

  /** A cluster was opened, or could not be. */
  connected(connection: Connection | undefined, error: unknown, place: Place, kinds: Catalogue = this.#kinds): void {
    this.#connection = connection;
    this.#connectError = error;
    this.#place = place;
    this.#kinds = kinds;
    this.#usage.pods = undefined;
    this.#usage.nodes = undefined;
    this.#namespaces = [];
    this.#serverVersion = undefined;
    this.#suggest();
    this.#updateTables();
    this.#drain();
    this.#publish();
  }

  /** Leaves every screen: the cluster they show is being left. */
  leaveAll(): void {
    for (const entry of this.#stack.splice(0)) this.#leave(entry);
    this.#overlay = undefined;
    this.#back = [];
    this.#forward = [];
    this.#journal.forget();
  }

  learned(what: {
    readonly kinds?: Catalogue;
    readonly contexts?: readonly ContextInfo[];
    readonly usage?: UsageMaps;
    readonly namespaces?: readonly string[];
    readonly serverVersion?: string | undefined;
    readonly recentNamespaces?: readonly string[];
    readonly place?: Place;
  }): void {
    if (what.kinds !== undefined) this.#kinds = what.kinds;
    if (what.contexts !== undefined) this.#contexts = what.contexts;
    if (what.namespaces !== undefined) this.#namespaces = what.namespaces;
    if (what.usage !== undefined) {
      Object.assign(this.#usage, what.usage);
      for (const {model} of this.#top?.tables.all() ?? [])
        if (['cpu', 'memory'].includes(model.view.sort?.column ?? '')) model.refresh();
    }
    if ('serverVersion' in what) this.#serverVersion = what.serverVersion;
    if (what.recentNamespaces !== undefined) this.#recent = what.recentNamespaces;
    if (what.place !== undefined) this.#place = what.place;
    if (what.contexts !== undefined || what.recentNamespaces !== undefined) this.#suggest();
    this.#updateTables();
    this.#dataChanged();
  }

  /** Namespaces of the kubeconfig and of earlier: where to look when the whole cluster may not be listed. */
  #suggest(): void {
    const {cluster} = this.#place;
    const named = this.#contexts.flatMap((context) => (context.cluster === cluster ? [context.namespace] : []));
    this.#connection?.cache.suggest([...this.#recent, ...named]);
  }

  /** Runs something that keeps the session busy until it is done. */
  run(effect: Effect): void {
    this.#run(effect, undefined);
    this.#drain();
    this.#publish();
  }

  /** Draws again although nothing changed: the screen was spoiled from outside. */
  redraw(): void {
    this.#version++;
    for (const listener of this.#subscribers) listener();
  }

  /** Resolves when nothing is under way: no effect runs, no list is being loaded, no change waits to be drawn. */
  async idle(): Promise<void> {
    while (!this.#isIdle()) {
      const {promise, resolve} = Promise.withResolvers<void>();
      this.#waiters.add(resolve);
      await promise;
    }
  }

  /** Ends everything the session holds. */
  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#lifetime.abort();
    clearTimeout(this.#dataTimer);
    this.#dataTimer = undefined;
    for (const entry of this.#stack.splice(0)) this.#leave(entry);
    this.#wake();
  }

  #isIdle(): boolean {
    if (this.#ended) return true;
    if (this.#busy > 0 || this.#dataTimer !== undefined || this.holds()) return false;
    return this.#top?.tables.all().every(({phase}) => phase?.is !== 'loading') ?? true;
  }

  #wake(): void {
    for (const resolve of this.#waiters) resolve();
    this.#waiters.clear();
  }

  // Input.

  #take(input: Input, bytes: string): void {
    const top = this.#top;
    if (input.type === 'focus' || input.type === 'background') return;
    if (input.type === 'key') {
      // These three work wherever the keys go.
      const meaning = this.#options.registry.forKeys([input.chord], this.situation());
      if (meaning.is === 'command' && ['app.quit', 'app.repaint', 'app.suspend'].includes(meaning.command.id) && !this.#captured) {
        this.#command(meaning.command.id);
        return;
      }
    }
    if (this.#overlay !== undefined) {
      const [next, effects] = this.#overlay.input(input, this.app);
      this.#overlay = next;
      for (const effect of effects) this.#run(effect, top);
      return;
    }
    if (top === undefined) return;
    if (this.#captured) {
      this.#update(top, {type: 'input', input, bytes});
      return;
    }
    if (input.type === 'wheel') this.#update(top, {type: 'wheel', by: input.by});
    else if (input.type === 'press') this.#press(top, input.x, input.y);
    else if (input.type === 'key') this.#key(input.chord);
  }

  #press(top: Entry, x: number, y: number): void {
    const frame = this.frame;
    const hit = frame.spots.find((spot) => spot.y === y && x >= spot.x && x < spot.x + spot.width);
    if (hit !== undefined) {
      this.#command(hit.command);
      return;
    }
    const line = y - frame.bodyTop;
    if (line >= 0 && line < bodySize(this.app).rows) this.#update(top, {type: 'press', x, y: line});
  }

  #key(chord: string): void {
    const at = this.situation();
    const steps = [...this.#steps, chord];
    const meaning = this.#options.registry.forKeys(steps, at);
    this.#steps = meaning.is === 'prefix' ? steps : [];
    if (meaning.is === 'command') this.#command(meaning.command.id);
    else if (meaning.is === 'blocked') this.#blocked(meaning.command.title, meaning.command.when?.writable === true, at);
    else if (meaning.is === 'nothing' && steps.length > 1) this.#key(chord);
  }

  #blocked(title: string, needsWrite: boolean, at: Situation): void {
    const why =
      needsWrite && !at.writable
        ? 'kdeck is read-only here'
        : at.selection === 'none'
          ? 'nothing is selected'
          : 'it works on one object at a time';
    this.#show({tone: 'warn', text: `${title}: ${why}`});
  }

  /** Every way to a command ends here, so that a condition holds for keys, prompt, mouse and suggestions alike. */
  #command(id: string, argument?: string): void {
    const command = this.#options.registry.get(id)?.command;
    const at = this.situation();
    if (command !== undefined && !applies(command.when, at)) {
      if (belongs(command.when, at)) this.#blocked(command.title, command.when?.writable === true, at);
      else this.#show({tone: 'warn', text: `${command.title} does not work here`});
      return;
    }
    const view = this.#view(argument);
    for (const handler of this.#options.handlers) {
      const effects = handler(id, view);
      if (effects === undefined) continue;
      for (const effect of effects) this.#run(effect, this.#top);
      return;
    }
    if (this.#top !== undefined) this.#update(this.#top, {type: 'command', id});
  }

  #view(argument: string | undefined): SessionView {
    const top = this.#top;
    return {
      app: this.app,
      argument,
      targets: () => (top === undefined ? [] : (top.screen.targets?.(top.state, this.#at(top), top.params) ?? [])),
      top: {name: top?.screen.name ?? '', filter: top === undefined ? undefined : top.screen.filter?.(top.state)},
      hooks: this.#options.services.hooks,
      depth: this.#stack.length,
      back: this.#back,
      forward: this.#forward,
      locations: {
        goBack: () => this.#travel(this.#back, this.#forward),
        goForward: () => this.#travel(this.#forward, this.#back),
        goLast: () => this.#travel(this.#back, this.#back),
      },
      toggles: {
        wide: () => {
          this.#wide = !this.#wide;
        },
        header: () => {
          this.#header = !this.#header;
        },
      },
    };
  }

  /** Goes to the newest place of `from`; the place left goes onto `to`. */
  #travel(from: Location[], to: Location[]): void {
    const goal = from.pop();
    const here = this.#stack[0];
    if (goal === undefined) return;
    if (here !== undefined) to.push({screen: here.screen.name, params: here.params});
    this.#open(goal.screen, goal.params, 'root', false);
    this.#standWhere(goal);
  }

  /** Back at an earlier list, what is opened next is looked for where that list is. */
  #standWhere({screen, params}: Location): void {
    const {kind, namespaces, of} = (params ?? {}) as {kind?: string; namespaces?: Place['namespaces']; of?: string};
    const known = kind === undefined ? undefined : this.#kinds.get(kind);
    if (screen === 'list' && namespaces !== undefined && of === undefined && known?.resource.namespaced === true)
      this.#place = {...this.#place, namespaces};
  }

  // Events and effects.

  #drain(): void {
    if (this.#draining) return;
    this.#draining = true;
    try {
      for (let next = this.#queue.shift(); next !== undefined; next = this.#queue.shift()) this.#handle(next.event, next.from);
    } finally {
      this.#draining = false;
    }
  }

  #handle(event: AppEvent, from: Entry | undefined): void {
    switch (event.type) {
      case 'command':
        this.#command(event.id, event.argument);
        break;
      case 'leave':
        this.#leaveEntry(event.entry);
        break;
      case 'open':
        this.#open(event.screen, event.params, event.how ?? 'push', true);
        break;
      case 'back':
        this.#goBack();
        break;
      case 'overlay':
        this.#overlay = event.overlay;
        break;
      case 'toast':
        this.#show(event.toast);
        break;
      case 'screen': {
        const entry = this.#stack.find(({id}) => id === event.entry);
        if (entry !== undefined) this.#update(entry, isScreenEvent(event.event) ? event.event : {type: 'own', event: event.event});
        break;
      }
      case 'namespaces':
        this.#options.onNamespaces(event.namespaces);
        break;
      case 'context':
        this.#options.onContext(event.name);
        break;
      case 'theme':
        this.#options.onTheme(event.name);
        break;
      case 'typed':
        this.remember(event.where, event.text);
        break;
      case 'quit':
        this.#options.onQuit();
        break;
    }
    void from;
  }

  #show(toast: Toast): void {
    this.#toast = {...toast, at: this.#options.clock.now().getTime()};
  }

  #run(effect: Effect, from: Entry | undefined): void {
    if ('send' in effect) {
      this.#queue.push({event: effect.send, from});
      return;
    }
    if (this.#ended) return;
    const counts = effect.background !== true;
    if (counts && this.#busy++ === 0) this.#busySince = this.#options.clock.now().getTime();
    const signal = effect.outlives === true || from === undefined ? this.#lifetime.signal : from.stop.signal;
    const io: Io = {
      services: {...this.#options.services, connection: () => this.#connection, journal: this.#journal},
      signal,
      send: (event) => {
        if (!this.#ended) this.dispatch(event);
      },
      reply: (event) => {
        if (from !== undefined && !this.#ended) this.dispatch({type: 'screen', entry: from.id, event});
      },
    };
    void this.#finish(effect, io, counts);
  }

  async #finish(effect: Exclude<Effect, {readonly send: AppEvent}>, io: Io, counts: boolean): Promise<void> {
    try {
      await effect.run(io);
    } catch (error) {
      if (!io.signal.aborted) this.dispatch({type: 'toast', toast: {tone: 'bad', text: `${effect.label}: ${refusalOf(error)}`}});
    } finally {
      if (counts) this.#busy--;
      this.#publish();
      this.#wake();
    }
  }

  // Screens.

  #at(entry: Entry): At {
    const app = this.app;
    return {entry: entry.id, body: bodySize(app), app, table: (name) => entry.tables.get(name)};
  }

  #open(name: string, params: unknown, how: 'push' | 'root' | 'replace', remember: boolean): void {
    const screen = this.#screens.get(name);
    if (screen === undefined) throw new Error(`there is no screen called ${name}`);
    const root = this.#stack[0];
    if (how === 'root') {
      if (remember && root !== undefined) {
        this.#back = [...this.#back, {screen: root.screen.name, params: root.params}].slice(-historyLength);
        this.#forward = [];
      }
      for (const entry of this.#stack.splice(0)) this.#leave(entry);
    } else if (how === 'replace') {
      const gone = this.#stack.pop();
      if (gone !== undefined) this.#leave(gone);
    } else this.#top?.tables.lookAway();
    this.#overlay = undefined;
    const entry: Entry = {
      id: this.#nextEntry++,
      screen,
      params,
      state: undefined,
      stop: new AbortController(),
      tables: new ScreenTables(this.#options.clock.now, () => this.#dataChanged(), this.#options.onObject),
    };
    this.#stack.push(entry);
    const [state, effects] = screen.start(params, this.#at(entry));
    entry.state = state;
    this.#tablesOf(entry);
    for (const effect of effects) this.#run(effect, entry);
  }

  #leave(entry: Entry): void {
    entry.stop.abort();
    entry.tables.close();
  }

  /** Takes a screen away; what lay over it goes with it when it was on top. */
  #leaveEntry(id: number): void {
    if (this.#top?.id === id) {
      this.#overlay = undefined;
      this.#goBack();
      return;
    }
    const at = this.#stack.findIndex((entry) => entry.id === id);
    for (const entry of at < 0 ? [] : this.#stack.splice(at, 1)) this.#leave(entry);
  }

  #goBack(): void {
    if (this.#stack.length < 2) return;
    const gone = this.#stack.pop();
    if (gone !== undefined) this.#leave(gone);
    const top = this.#top;
    if (top === undefined) return;
    top.tables.look();
    this.#update(top, {type: 'settle'});
  }

  #update(entry: Entry, event: ScreenEvent): void {
    const [state, effects] = entry.screen.update(entry.state, event, this.#at(entry), entry.params);
    entry.state = state;
    this.#tablesOf(entry);
    for (const effect of effects) this.#run(effect, entry);
    if (event.type === 'filter' && event.done && event.text !== '') this.remember('filter', event.text);
  }

  /** Keeps a typed line for the next time. */
  remember(where: 'prompt' | 'filter', text: string): void {
    this.#history = {
      ...this.#history,
      [where]: [text, ...this.#history[where].filter((line) => line !== text)].slice(0, historyLength),
    };
  }

  #tablesOf(entry: Entry): void {
    const wishes = entry.screen.tables?.(entry.params, entry.state, this.app);
    if (wishes !== undefined) entry.tables.update(wishes, this.#connection);
  }

  #updateTables(): void {
    for (const entry of this.#stack) this.#tablesOf(entry);
  }

  // Frames.

  #dataChanged(): void {
    this.#dataDirty = true;
    if (this.#dataTimer !== undefined || this.#ended) return;
    const wait = Math.max(0, this.#lastData + dataEvery - performance.now());
    this.#dataTimer = setTimeout(() => {
      this.#dataTimer = undefined;
      this.#lastData = performance.now();
      if (this.#dataDirty) this.#publish();
      this.#wake();
    }, wait);
  }

  #compose(): Frame {
    const top = this.#top;
    this.#dataDirty = false;
    if (top !== undefined) this.#update(top, {type: 'settle'});
    this.#drain();
    const current = this.#top;
    const app = this.app;
    const at = current === undefined ? undefined : this.#at(current);
    return composeFrame(app, {
      crumbs: this.crumbs,
      body: current === undefined || at === undefined ? [] : current.screen.draw(current.state, at, current.params),
      status: current === undefined || at === undefined ? [] : (current.screen.status?.(current.state, at, current.params) ?? []),
      overlay: this.#overlay?.draw(app),
      toast: this.#toast,
      steps: this.#steps,
      // Who types into a program waits for nothing.
      busy: this.#busy > 0 && !this.#captured && app.now.getTime() - this.#busySince > slow,
    });
  }

  #publish(): void {
    if (this.#ended || this.#draining) return;
    const frame = this.#compose();
    if (this.#frame === undefined || !sameFrame(this.#frame, frame)) {
      this.#frame = frame;
      this.#version++;
      for (const listener of this.#subscribers) listener();
    }
    this.#wake();
  }
}

const isScreenEvent = (event: unknown): event is ScreenEvent =>
  typeof event === 'object' && event !== null && (event as {type?: unknown}).type === 'filter';
