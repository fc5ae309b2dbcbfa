// What was done in this session, in memory only: each line names an object, what came of it, and the way back where there is one.
import type {Outcome} from '../../resources/action.ts';
import type {TargetObject} from '../session/app.ts';

/** The way back: open, on its way, gone because the cluster was left, or done. */
export type UndoState = 'none' | 'open' | 'running' | 'undone' | 'gone';

/** One thing done to one object. */
export type JournalLine = {
  readonly id: string;
  /** Lines of one operation on several objects share it. */
  readonly step: number;
  readonly at: Date;
  readonly context: string;
  /** Command that did it, such as `workload.scale`. */
  readonly operation: string;
  /** It took back what this operation had done. */
  readonly isUndo: boolean;
  /** Identity only: nothing of the object's contents is kept. */
  readonly target: TargetObject;
  readonly said?: string;
  readonly error?: string;
  readonly undo?: Outcome['undo'];
  readonly undoState: UndoState;
};

/** What came of one object, as the commands tell it. */
export type Told = {readonly said?: string; readonly error?: string; readonly undo?: Outcome['undo']};

/** An operation as it enters the journal. */
export type Done = {
  readonly at: Date;
  readonly context: string;
  readonly operation: string;
  readonly isUndo?: boolean;
  readonly targets: readonly TargetObject[];
  /** In the order of the targets. */
  readonly results: readonly Told[];
};

/** A session that runs for weeks keeps the newest. */
const most = 1000;

const identity = ({object, resource, kind, container}: TargetObject): TargetObject => {
  const {name, namespace, uid} = object.metadata;
  return {
    object: {
      metadata: {
        ...(name === undefined ? {} : {name}),
        ...(namespace === undefined ? {} : {namespace}),
        ...(uid === undefined ? {} : {uid}),
      },
    },
    resource,
    kind,
    ...(container === undefined ? {} : {container}),
  };
};

/** The journal of a session. */
export class Journal {
  #lines: readonly JournalLine[] = [];
  #next = 1;

  /** Oldest first; another array whenever something changed. */
  all(): readonly JournalLine[] {
    return this.#lines;
  }

  /** Writes down what was done. */
  note({at, context, operation, isUndo = false, targets, results}: Done): void {
    const step = this.#next++;
    const lines = targets.map((target, index): JournalLine => {
      const {said, error, undo} = results[index] ?? {};
      return {
        id: `${step}.${index}`,
        step,
        at,
        context,
        operation,
        isUndo,
        target: identity(target),
        ...(said === undefined ? {} : {said}),
        ...(error === undefined ? {} : {error}),
        ...(undo === undefined ? {} : {undo}),
        undoState: undo === undefined ? 'none' : 'open',
      };
    });
    this.#lines = [...this.#lines, ...lines].slice(-most);
  }

  /** Notes how the way back of a line stands now. */
  mark(id: string, undoState: UndoState): void {
    this.#lines = this.#lines.map((line) => (line.id === id ? {...line, undoState} : line));
  }

  /** The cluster is being left: what was done there stays written, the ways back are gone. */
  forget(): void {
    this.#lines = this.#lines.map((line) => {
      if (line.undoState !== 'open' && line.undoState !== 'running') return line;
      const {undo: _undo, ...rest} = line;
      return {...rest, undoState: 'gone'};
    });
  }
}
