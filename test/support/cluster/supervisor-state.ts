// What the supervisor tells about its run, in state.json.
import type {ProcessState} from './processes.ts';

export type RunState = {
  readonly phase: 'starting' | 'ready' | 'failed';
  /** What is being done, or what went wrong. */
  readonly message: string;
  readonly components: Readonly<Record<string, ProcessState>>;
};
