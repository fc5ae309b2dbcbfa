// What screens and overlays may read when they update and draw: plain values and read-only views.
import type {Situation} from '../../commands/command.ts';
import type {CommandRegistry} from '../../commands/registry.ts';
import type {LogSettings} from '../../config/schema.ts';
import type {ApiResource, KubeObject} from '../../kube/types/object.ts';
import type {ResourceKind} from '../../resources/kind.ts';
import type {JournalLine} from '../journal/journal.ts';
import type {Look} from '../theme/look.ts';
import type {TableModel} from '../../tables/table-model.ts';
import type {Instead, Phase} from '../../cache/live-list.ts';
import type {Forward} from '../screens/forwards/forward-keeper.ts';
import type {Catalogue} from './catalogue.ts';
import type {Connection, ContextInfo, Usage} from './services.ts';

/** Columns and rows of cells. */
export type Size = {readonly columns: number; readonly rows: number};

/** Where the user is, as the header says it. */
export type Place = {
  readonly context: string;
  readonly cluster: string;
  readonly user: string;
  readonly namespaces: readonly string[] | 'all';
  readonly readonly: boolean;
  /** A word of the user's beside the context, such as PRODUCTION, and its tone. */
  readonly label?: string | undefined;
  readonly tone?: 'ok' | 'busy' | 'warn' | 'bad' | 'idle' | undefined;
};

/** How the connection is doing, in one word for the header and a sentence for those who ask. */
export type Link = {
  readonly is: 'connecting' | 'live' | 'partial' | 'loading' | 'stale' | 'expired' | 'denied' | 'failed' | 'absent';
  readonly word: string;
  readonly says: string;
};

/** CPU and memory in use, by the key of `Connection.usage`. */
export type UsageMaps = {pods?: ReadonlyMap<string, Usage> | undefined; nodes?: ReadonlyMap<string, Usage> | undefined};

/** The session as seen from a screen. */
export type App = {
  readonly size: Size;
  readonly now: Date;
  readonly look: Look;
  readonly registry: CommandRegistry;
  readonly kinds: Catalogue;
  readonly place: Place;
  readonly link: Link;
  readonly connection: Connection | undefined;
  readonly usage: UsageMaps;
  /** Namespaces on the digits: most recent first. */
  readonly recentNamespaces: readonly string[];
  /** Namespaces the cluster lists; empty while unknown or where listing is denied. */
  readonly namespaces: readonly string[];
  readonly contexts: readonly ContextInfo[];
  /** Port-forwards that run, oldest first. */
  readonly forwards: readonly Forward[];
  /** What was done in this session, oldest first. */
  readonly journal: readonly JournalLine[];
  readonly kdeckVersion: string;
  /** How log screens open. */
  readonly logs: LogSettings;
  readonly serverVersion: string | undefined;
  /** Show more columns. */
  readonly wide: boolean;
  readonly header: boolean;
  readonly situation: () => Situation;
  /** Keys go to a program: commands of the whole program cannot be reached by them. */
  readonly captured: boolean;
  /** What was typed before, newest first, for prompt and filter. */
  readonly history: {readonly prompt: readonly string[]; readonly filter: readonly string[]};
};

/** An object commands act on. */
export type TargetObject = {
  readonly object: KubeObject;
  readonly resource: ApiResource;
  readonly kind: ResourceKind | undefined;
  /** Of a pod: the container under the cursor. */ readonly container?: string;
};

/** A table a screen has open. */
export type OpenTable = {
  readonly model: TableModel;
  /** Undefined for tables that do not come from a cluster. */
  readonly phase: Phase | undefined;
  readonly phases: ReadonlyMap<string, Phase>;
  /** Set where namespaces stand in for the whole cluster, which may not be listed. */
  readonly instead: Instead | undefined;
};

/** What a screen is given besides its own state. */
export type At = {
  readonly entry: number;
  /** Room for the screen's own lines. */
  readonly body: Size;
  readonly app: App;
  readonly table: (name: string) => OpenTable | undefined;
};
