// Reads the logs of a screen's sources side by side into its buffer, in batches, and says how each stands.
import {followLog} from '../../../operations/logs.ts';
import {messageOf} from '../../../base/errors.ts';
import type {Connection} from '../../session/services.ts';
import type {LogRow} from './log-buffer.ts';
import {logText} from './log-buffer.ts';
import type {LogSource} from './log-sources.ts';

/** How a source is doing. */
export type SourceState = {readonly is: 'live' | 'waiting' | 'ended'; readonly reason: string};

/** What the reader tells, at most ten times a second. */
export type LogNews = {readonly rows: readonly LogRow[]; readonly states: ReadonlyMap<number, SourceState>};

/** How to read. */
export type ReadOptions = {
  readonly namespace: string;
  readonly previous: boolean;
  readonly tail: number;
  readonly signal: AbortSignal;
  readonly tell: (news: LogNews) => void;
  /** Containers that come later, such as those of a roll-out's new pods; they get the next numbers. */
  readonly more?: AsyncIterable<readonly LogSource[]> | undefined;
  /** Text to show for a line: where plugins have their look. */
  readonly show?: ((line: {readonly pod: string; readonly container: string; readonly text: string}) => string) | undefined;
};

const BATCH_MS = 100;
/** Streams followed at once. The others are read once, a few at a time: a server or proxy has only so many streams for one user. */
const MOST_FOLLOWED = 60;
const READ_AT_ONCE = 8;

/** Resolves when every source has ended and no more come, or the signal aborts. Lines of one source keep their order. */
export const readLogs = async (connection: Connection, sources: readonly LogSource[], options: ReadOptions): Promise<void> => {
  const {show} = options;
  let count = sources.length;
  let rows: LogRow[] = [];
  let states = new Map<number, SourceState>();
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (rows.length === 0 && states.size === 0) return;
    // Lines of several sources arrive interleaved by chance; inside one batch the server's time decides.
    const sorted =
      count > 1
        ? rows
            .map((row, at) => ({row, at}))
            .sort((a, b) =>
              a.row.time === '' || b.row.time === '' || a.row.time === b.row.time ? a.at - b.at : a.row.time < b.row.time ? -1 : 1,
            )
            .map(({row}) => row)
        : rows;
    const news = {rows: sorted, states};
    rows = [];
    states = new Map();
    options.tell(news);
  };
  const later = (): void => {
    timer ??= setTimeout(flush, BATCH_MS);
  };
  const one = async (source: LogSource, index: number, follow: boolean): Promise<void> => {
    const tag = `${source.pod}/${source.container}`;
    const state = (is: SourceState['is'], reason: string): void => {
      states.set(index, {is, reason});
      later();
    };
    const request = {
      namespace: options.namespace,
      pod: source.pod,
      container: source.container,
      follow,
      previous: options.previous,
      tailLines: options.tail,
      timestamps: true,
    };
    try {
      for await (const event of followLog(connection.cluster.client, request, {signal: options.signal})) {
        if (event.type === 'lines') {
          for (const {time, text} of event.lines)
            rows.push({
              source: index,
              time,
              text: logText(show === undefined ? text : show({pod: source.pod, container: source.container, text})),
            });
          later();
          // A flood is held back at the server, not in our memory.
          if (rows.length > 20_000) await new Promise((resolve) => setTimeout(resolve, BATCH_MS));
        } else if (event.type === 'state') state(event.phase, event.reason);
        else {
          const text =
            event.type === 'gap'
              ? `lines may be missing here: ${event.reason}`
              : event.type === 'restarted'
                ? `${tag} was restarted (${event.restarts})`
                : `${tag} ended: ${event.reason}`;
          // That what is read once has an end is no news of its own.
          if (follow || options.previous || event.type !== 'ended')
            rows.push({source: -1, time: '', text, mark: event.type === 'gap' ? 'gap' : 'note'});
          if (event.type === 'ended') state('ended', event.reason);
          later();
        }
      }
    } catch (error) {
      if (options.signal.aborted) return;
      rows.push({source: -1, time: '', text: `${tag}: ${messageOf(error)}`, mark: 'gap'});
      state('ended', messageOf(error));
    }
  };
  const numbered = sources.map((source, index) => ({source, index}));
  const followed = options.previous ? [] : numbered.slice(0, MOST_FOLLOWED);
  const queue = numbered.slice(followed.length);
  if (followed.length > 0 && queue.length > 0) {
    const text = `${followed.length} of ${sources.length} containers are followed, the others were read once; open fewer to follow all`;
    rows.push({source: -1, time: '', text, mark: 'gap'});
  }
  const worker = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined && !options.signal.aborted; next = queue.shift())
      await one(next.source, next.index, false);
  };
  const workers = Array.from({length: Math.min(READ_AT_ONCE, queue.length)}, worker);
  let following = 0;
  const follow = async (source: LogSource, index: number): Promise<void> => {
    following += 1;
    await one(source, index, true);
    following -= 1;
  };
  const newcomers = async (): Promise<void> => {
    const all: Promise<void>[] = [];
    for await (const found of options.more ?? []) {
      for (const source of found) {
        const index = count++;
        rows.push({source: -1, time: '', text: `${source.pod}/${source.container} is new`, mark: 'note'});
        later();
        all.push(following < MOST_FOLLOWED ? follow(source, index) : one(source, index, false));
      }
    }
    await Promise.all(all);
  };
  try {
    await Promise.all([...followed.map(({source, index}) => follow(source, index)), ...workers, newcomers()]);
  } finally {
    if (!options.signal.aborted) flush();
    clearTimeout(timer);
  }
};
