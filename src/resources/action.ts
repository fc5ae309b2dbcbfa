// What can be done to objects of a kind, declared once for the TUI's keys, forms and confirmations.
import type {DiffLine} from '../base/unified-diff.ts';
import type {KubeObject} from '../kube/types/object.ts';
import type {ClusterView} from './kind.ts';
import type {Operations} from './operations.ts';

/** A field of an action's form. */
export type Input =
  | {
      readonly type: 'text';
      readonly label: string;
      readonly initial?: string;
      readonly check?: (value: string) => string | undefined;
    }
  | {readonly type: 'number'; readonly label: string; readonly initial: number; readonly min?: number; readonly max?: number}
  | {
      readonly type: 'choice';
      readonly label: string;
      readonly options: readonly string[];
      readonly initial?: string;
      /** What each option is about, in their order: the options then stand below each other. */
      readonly notes?: readonly string[];
    }
  | {readonly type: 'switch'; readonly label: string; readonly initial: boolean};

/** A line about what will happen. */
export type PreviewLine = string | DiffLine;

/** A form that is made after a look at the cluster. */
export type Form<I = any> = {
  /** Why it cannot be done after all. */
  readonly impossible?: string | undefined;
  readonly inputs?: {readonly [K in keyof I]: Input};
  /** What will happen for these answers. */
  readonly preview: (inputs: I) => readonly PreviewLine[];
};

/** What an action did, in one sentence, and how to take it back where that is possible. */
export type Outcome = {
  readonly said: string;
  readonly undo?: {readonly title: string; readonly run: () => Promise<Outcome>};
};

/** One action on objects of a kind. */
export type Action<T extends KubeObject = any, I = any> = {
  /** Stable command id such as `workload.scale`. */
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  /** Default chords such as `s` or `ctrl+d`. */
  readonly keys?: readonly string[];
  /** `destroys` asks for the name to be typed where the object is not re-created by an owner. */
  readonly danger: 'safe' | 'changes' | 'destroys';
  /** The right it needs, checked with the server and shown in help; `on` when it is not one on the kind itself. */
  readonly needs: {
    readonly verb: string;
    readonly subresource?: string;
    readonly on?: {readonly group: string; readonly plural: string};
  };
  /** `inputs`, `preview`, `unavailable` and `run` need fields that live lists do not keep: the objects are read whole before. */
  readonly whole?: true;
  readonly inputs?: (objects: readonly T[]) => {readonly [K in keyof I]: Input};
  /** Why it cannot be done now, in words; undefined when it can. Asked of trimmed objects too. */
  readonly unavailable?: (object: T) => string | undefined;
  /** What will happen, one line each: `web: 3 -> 5`. */
  readonly preview?: (objects: readonly T[], inputs: I) => readonly PreviewLine[];
  /**
   * Instead of `inputs` and `preview`, for what only a look at the cluster tells: which revisions there are and what going back
   * to each changes, which pods a drain evicts. Gets whole objects.
   */
  readonly form?: (objects: readonly T[], view: ClusterView) => Promise<Form<I>>;
  readonly run: (operations: Operations, object: T, inputs: I) => Promise<Outcome>;
};

/** Writes an action down with its types checked. */
export const action = <T extends KubeObject, I = Record<string, never>>(definition: Action<T, I>): Action<T, I> => definition;
