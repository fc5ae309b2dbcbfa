// What the TUI is started with. main.ts starts the slow things first and hands the promises over.
import type {Origin} from '../commands/command.ts';
import type {PluginCommand} from '../plugins/api/index.ts';
import type {KeyChange} from '../commands/rebinding.ts';
import type {LogSettings} from '../config/schema.ts';
import type {HookRunner} from '../plugins/host/hooks.ts';
import type {ResourceKind} from '../resources/kind.ts';
import type {Place} from './session/app.ts';
import type {Connection, ContextInfo, Services} from './session/services.ts';
import type {Session} from './session/session.ts';
import type {TerminalInput, TerminalOutput} from './terminal/terminal.ts';

/** A context that was opened: its connection, and what the header says about it. */
export type Opened = {readonly connection: Connection; readonly place: Place};

/** Commands of plugins, and sentences about plugins that could not be loaded. */
export type Plugged = {
  readonly commands: readonly {readonly command: PluginCommand; readonly origin: Origin}[];
  readonly warnings: readonly string[];
};

/** How to start. */
export type StartOptions = {
  readonly stdin: TerminalInput;
  readonly stdout: TerminalOutput;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly now: () => Date;
  readonly version: string;
  /** kdeck's own folder, where its packages are found from. */
  readonly root?: string;
  /** What the kubeconfig says before anything answered: enough for the first frame. */
  readonly place: Place;
  /** The cluster, already being opened; its first list too, since the cache shares lists. */
  readonly opened: Promise<Opened>;
  /** Opens another context. */
  readonly openContext: (name: string) => Promise<Opened>;
  /** Header of a context before it is opened. */
  readonly placeOf: (name: string) => Promise<Place>;
  readonly contexts: () => Promise<readonly ContextInfo[]>;
  /** The kind of the first screen, and all of them later. */
  readonly firstKind: ResourceKind | undefined;
  readonly allKinds: () => Promise<readonly ResourceKind[]>;
  /** What plugins add to kinds; applied to every kind. */
  readonly extendKind?: (kind: ResourceKind) => ResourceKind;
  /** What the first screen shows: a line of the `:` prompt, such as `pods` or `deploy shop /check`. */
  readonly line: string;
  /** Hooks of plugins; `report` shows what is wrong with one. */
  readonly hooks?: (report: (plugin: string, hook: string, problem: string) => void) => HookRunner;
  readonly keys: Readonly<Record<string, KeyChange>>;
  /** Called when the first frame is written: the time for everything it did not need. */
  readonly onPainted?: () => void;
  /** What plugins add once they are loaded; `extendKind` and `hooks` know theirs from then on. */
  readonly plugged?: Promise<Plugged>;
  /** Theme name, or `auto`. */
  readonly theme: string;
  readonly themeFolders: readonly string[];
  readonly glyphs: 'auto' | 'unicode' | 'ascii';
  readonly mouse: boolean;
  readonly metricsSeconds: number;
  /** How log screens open; absent: as without a config. */
  readonly logs?: LogSettings | undefined;
  readonly recentNamespaces: readonly string[];
  /** Those of another context. */
  readonly recentOf?: ((context: string) => readonly string[]) | undefined;
  readonly remember: Services['remember'];
  /** Sentences to show at start, such as mistakes in config files. */
  readonly warnings?: readonly string[];
  /** Stops the process group as Ctrl-Z does; resolves when it continues. For tests. */
  readonly stopProcess?: () => Promise<void>;
  /** Called when the session exists; tests drive it. */
  readonly onStarted?: (running: Running) => void;
};

/** A running TUI, for tests and for main.ts. */
export type Running = {
  readonly session: Session;
  /** Resolves when nothing is under way and the last frame is written. */
  readonly idle: () => Promise<void>;
  readonly quit: (code?: number) => void;
  /** Hands the whole terminal to a login program or a child, and takes it back whole. */
  readonly lend: Services['terminal']['lend'];
  /** Runs programs of this machine where the user can talk to them. */
  readonly programs: Services['programs'];
};
