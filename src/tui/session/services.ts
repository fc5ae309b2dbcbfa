// What the TUI is given from outside: a connection to a cluster, the terminal, and where things are remembered.
import type {WatchCache} from '../../cache/live-list.ts';
import type {Cluster} from '../../operations/cluster.ts';
import type {ClusterView, Finding, ObjectRef, ResourceKind} from '../../resources/kind.ts';
import type {Operations} from '../../resources/operations.ts';
import type {AnyObject, ApiResource, KubeObject} from '../../kube/types/object.ts';
import type {HookRunner} from '../../plugins/host/hooks.ts';
import type {Journal} from '../journal/journal.ts';
import type {Forwards} from '../screens/forwards/forward-keeper.ts';
import type {TerminalInput, TerminalOutput} from '../terminal/terminal.ts';

/** CPU in millicores and memory in bytes of one pod or node. */
export type Usage = {readonly cpu: number; readonly memory: number};

/** An opened cluster with everything the screens ask of it. Made by `connection.ts` from the parts below the faces. */
export type Connection = {
  readonly cluster: Cluster;
  readonly cache: WatchCache;
  readonly operations: Operations;
  readonly view: ClusterView;
  /** `v1.36.3`. */
  readonly serverVersion: () => Promise<string>;
  /** Use by `namespace/name` for pods, by name for nodes; undefined when the cluster does not measure. */
  readonly usage: (
    what: 'pods' | 'nodes',
    namespaces: readonly string[] | 'all',
    signal: AbortSignal,
  ) => Promise<ReadonlyMap<string, Usage> | undefined>;
  /** The object as the server has it now, whole. */
  readonly read: (
    resource: ApiResource,
    at: {readonly namespace?: string | undefined; readonly name: string},
    signal: AbortSignal,
  ) => Promise<AnyObject>;
  /** kubectl's describe of it. */
  readonly describe: (object: AnyObject, kind: ResourceKind | undefined) => Promise<string>;
  /** The object as YAML, as `kubectl get -o yaml` prints it. */
  readonly yaml: (object: AnyObject) => Promise<string>;
  readonly diagnose: (object: KubeObject, kind: ResourceKind) => Promise<readonly Finding[]>;
  readonly remove: (resource: ApiResource, object: ObjectRef, options: RemoveOptions) => Promise<string>;
  readonly close: () => Promise<void>;
};

/** How to delete. */
export type RemoveOptions = {readonly cascade: 'background' | 'foreground' | 'orphan'; readonly force: boolean};

/** A context of the kubeconfig. */
export type ContextInfo = {readonly name: string; readonly cluster: string; readonly user: string; readonly namespace: string};

/** What a child or a shell works with while it has the terminal. */
export type Lent = {
  readonly stdin: TerminalInput;
  readonly stdout: TerminalOutput;
  readonly env: Readonly<Record<string, string | undefined>>;
};

/** The terminal beyond drawing. */
export type TerminalService = {
  /** Puts text on the clipboard over OSC 52; says what happened. */
  readonly copy: (text: string) => Promise<{readonly ok: boolean; readonly says: string}>;
  /** Hands the whole terminal to `run` and takes it back whole. */
  readonly lend: (run: (lent: Lent) => Promise<void>) => Promise<void>;
  readonly repaint: () => void;
  /** Stops the process as Ctrl-Z does in a shell, and comes back when it continues. */
  readonly stop: () => Promise<void>;
  readonly title: (text: string) => void;
};

/** A program of this machine that the user works with. */
export type LocalProgram = {
  /** For the breadcrumb and for messages, such as `vi`. */
  readonly title: string;
  readonly file: string;
  readonly args: readonly string[];
  /** Added to the user's environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** What it wrote can be read after its end, until the user leaves. */
  readonly stays: boolean;
};

/** How a local program ended. */
export type ProgramEnd =
  /** `shown` is what stood on its screen then; empty where it had the real terminal. */
  | {readonly is: 'ended'; readonly exitCode: number; readonly byUser: boolean; readonly shown: string}
  /** It could not be started, in a sentence. */
  | {readonly is: 'failed'; readonly problem: string};

/** Runs programs of this machine: in a pane of the frame, else with the whole terminal. */
export type Programs = {
  readonly run: (program: LocalProgram) => Promise<ProgramEnd>;
  /** A pseudo-terminal works here, and the user has not turned panes off. */
  readonly hasPane: () => Promise<boolean>;
};

/** Everything effects may use. */
export type Services = {
  readonly connection: () => Connection | undefined;
  readonly connect: (context: string) => Promise<Connection>;
  readonly contexts: () => Promise<readonly ContextInfo[]>;
  readonly terminal: TerminalService;
  /** The user's environment, as programs of this machine get it. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly programs: Programs;
  /** Port-forwards: they end with kdeck or when the context changes, not with a screen. */
  readonly forwards: Forwards;
  /** What was done in this session. */
  readonly journal: Journal;
  readonly themes: () => Promise<readonly string[]>;
  /** Hooks of plugins. */
  readonly hooks?: HookRunner | undefined;
  /** Remembers a place for the next start; never throws. */
  readonly remember: (what: {readonly context: string; readonly namespaces?: readonly string[]; readonly view?: string}) => void;
};
