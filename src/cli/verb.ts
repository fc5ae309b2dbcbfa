// What a verb is: names, flags and help as data, and one function that does it. One file per verb under `verbs/`.
import type {Cluster, ConnectionFlags} from '../operations/cluster.ts';

/** One flag, in pflag's terms. */
export type Flag = {
  readonly name: string;
  readonly short?: string;
  /** `csv` repeats and splits at commas, `list` only repeats, `map` is k=v; `tri` is unset/true/false. */
  readonly type: 'bool' | 'string' | 'int' | 'duration' | 'csv' | 'list' | 'map' | 'tri';
  readonly default?: string | number | boolean | readonly string[];
  /** Value taken when the flag stands without one, such as `--dry-run`. */
  readonly bare?: string;
  readonly usage: string;
  readonly required?: boolean;
  readonly hidden?: boolean;
  readonly deprecated?: string;
};

/** Parsed flags with pflag's semantics. */
export interface FlagValues {
  string(name: string): string;
  int(name: string): number;
  bool(name: string): boolean;
  strings(name: string): readonly string[];
  /** Milliseconds. */
  duration(name: string): number;
  tri(name: string): boolean | undefined;
  /** The flag stood on the command line. */
  given(name: string): boolean;
}

/** The streams of a verb; tests pass their own. */
export type Streams = {
  readonly stdin: NodeJS.ReadableStream & {readonly isTTY?: boolean};
  readonly stdout: NodeJS.WritableStream & {readonly isTTY?: boolean; readonly columns?: number; readonly rows?: number};
  readonly stderr: NodeJS.WritableStream & {readonly isTTY?: boolean};
};

/** What a verb runs with. */
export type VerbContext = {
  readonly flags: FlagValues;
  readonly args: readonly string[];
  /** Words after `--`, and whether a `--` stood there at all. */
  readonly dash: number | undefined;
  readonly streams: Streams;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly connection: ConnectionFlags;
  /** Opens the cluster once; later calls return the same one. */
  readonly cluster: () => Promise<Cluster>;
  /** `kubectl` or `kdeck`: the name messages use. */
  readonly program: string;
  /** The whole command, such as `kubectl rollout undo`: for usage errors and help. */
  readonly command: string;
  readonly now: () => Date;
  /** Aborts on Ctrl-C. Only a verb that touches it keeps the process alive on Ctrl-C; all others end at once. */
  readonly signal: AbortSignal;
  /** Prints `Warning: …` on stderr, yellow on a terminal, each text once; counted for `--warnings-as-errors`. */
  readonly warn: (text: string) => void;
};

/** One verb of the command line, such as `get` or `rollout undo`. */
export type Verb = {
  readonly name: string;
  readonly aliases?: readonly string[];
  /** One line for lists of commands. */
  readonly short: string;
  readonly long: string;
  readonly examples: string;
  /** kubectl's usage words after the name: `(TYPE[.VERSION][.GROUP] [NAME | -l label] | TYPE/NAME ...) [flags]`. */
  readonly usage: string;
  readonly flags: readonly Flag[];
  /** Candidates for a word of the command line, for shell completion; file names when absent. */
  readonly complete?: (context: VerbContext, word: string) => Promise<Completion>;
  /** Exit code; throws KdeckError for errors, which `cli/main.ts` prints in kubectl's form. */
  readonly run: (context: VerbContext) => Promise<number>;
};

/** What shell completion offers. `files`: file names are fine too; `space`: whether a blank follows a chosen one. */
export type Completion = {readonly words: readonly string[]; readonly files?: boolean; readonly space?: boolean};
