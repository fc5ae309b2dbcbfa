// kdeck/plugin, version 0: everything a plugin may import. Built-in kinds and commands use the same shapes.
import type {Command} from '../../commands/command.ts';
import type {KubeObject} from '../../kube/types/object.ts';
import type {Action} from '../../resources/action.ts';
import type {Column} from '../../resources/column.ts';
import type {Tone} from '../../resources/column.ts';
import type {ClusterView, Diagnosis, ObjectRef, Relation, ResourceKind} from '../../resources/kind.ts';

export type {Command, Situation, When} from '../../commands/command.ts';
export type {AnyObject, KubeObject, ObjectMeta, OwnerReference, ResourceRef} from '../../kube/types/object.ts';
export type {Action, Input, Outcome} from '../../resources/action.ts';
export type {Column, Tone} from '../../resources/column.ts';
export type {ClusterView, Diagnosis, Finding, Health, ObjectRef, Relation, ResourceKind} from '../../resources/kind.ts';
export {action} from '../../resources/action.ts';
export {column} from '../../resources/column.ts';
export {kind} from '../../resources/kind.ts';

/** A colour theme as it stands in a YAML file under `themes/`. */
export type ThemeSource = {
  readonly name: string;
  readonly dark: boolean;
  readonly palette: Readonly<Record<string, string>>;
  readonly tokens: Readonly<Record<string, string | Readonly<Record<string, unknown>>>>;
};

/** A change kdeck is about to make, or has made, to one object. */
export type OperationEvent = {
  /** Id of the action, such as `workload.scale`. */
  readonly operation: string;
  readonly target: ObjectRef;
  /** The object as the user saw it, when it is known. */
  readonly object?: KubeObject;
  readonly context: string;
};

/** What a hook thinks of an operation: silence lets it pass, `ask` adds a question, `refuse` stops it, both in words. */
export type Verdict = {readonly refuse: string} | {readonly ask: string} | undefined;

/** Moments a plugin may listen to. A hook that throws or is slow is reported and never stops kdeck. */
export type Hooks = {
  readonly started?: (event: {readonly version: string}) => void | Promise<void>;
  readonly contextChanged?: (event: {
    readonly context: string;
    readonly namespaces: readonly string[] | 'all';
  }) => void | Promise<void>;
  /** Batched: at most ten times a second, for kinds on screen. */
  readonly objectChanged?: (event: {
    readonly kind: string;
    readonly object: KubeObject;
    readonly change: 'changed' | 'removed';
  }) => void;
  readonly beforeOperation?: (event: OperationEvent) => Verdict | Promise<Verdict>;
  readonly afterOperation?: (event: OperationEvent & {readonly said?: string; readonly error?: string}) => void | Promise<void>;
  /** Called for each line of an open log before it is drawn; returns other text to show, or nothing to leave it. Must be quick. */
  readonly logLine?: (event: {readonly pod: string; readonly container: string; readonly text: string}) => string | undefined;
};

/** What a command of a plugin finds when it is run. It looks and tells; changes are the business of actions. */
export type CommandRun = {
  readonly context: string;
  readonly namespaces: readonly string[] | 'all';
  /** What stood behind the command in the prompt; empty when it was run by a key. */
  readonly argument: string;
  /** The marked objects, or the one under the cursor, with the fields their kind keeps; `view.get` has them whole. */
  readonly objects: readonly KubeObject[];
  readonly view: ClusterView;
  /** Aborted when the user leaves the screen. */
  readonly signal: AbortSignal;
  /** Says a sentence at the bottom of the screen. */
  readonly tell: (text: string, tone?: Tone) => void;
  /** Opens a screen with a text that can be scrolled, searched and copied. */
  readonly show: (title: string, text: string) => void;
};

/** A command of a plugin. What it throws is told to the user, and kdeck goes on. */
export type PluginCommand = Command & {readonly run: (at: CommandRun) => void | Promise<void>};

/** What a plugin brings in. All of it is data, so it can be listed, explained and checked for clashes. */
export type Contributions = {
  readonly kinds?: readonly ResourceKind[];
  /** `kind` is a key such as `deployments.apps`; `*` means every kind. */
  readonly columns?: readonly {readonly kind: string; readonly after?: string; readonly column: Column<any>}[];
  readonly actions?: readonly {readonly kind: string; readonly action: Action}[];
  readonly diagnoses?: readonly {readonly kind: string; readonly diagnosis: Diagnosis<any>}[];
  readonly relations?: readonly {readonly kind: string; readonly relation: Relation<any>}[];
  readonly commands?: readonly PluginCommand[];
  readonly themes?: readonly ThemeSource[];
  readonly hooks?: Hooks;
};

/** Who a plugin is. */
export type Manifest = {readonly name: string; readonly version: string; readonly summary: string};

/** A plugin: its manifest and what it contributes. */
export type Plugin = {readonly manifest: Manifest; readonly contributes: Contributions};

/**
 * Writes a plugin down with its types checked; the module's default export.
 *
 * @example export default definePlugin({manifest: {name: 'hello', version: '1.0.0', summary: 'Says hello'}, contributes: {}});
 */
export const definePlugin = (plugin: Plugin): Plugin => plugin;
