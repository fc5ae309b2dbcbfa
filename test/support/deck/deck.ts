// Drives a whole kdeck in this process on a terminal in memory: the hands and eyes of stories.
import {fileURLToPath} from 'node:url';
import type {ResourceKind} from '../../../src/resources/kind.ts';
import {kindKey} from '../../../src/resources/kind.ts';
import {loadAllKinds} from '../../../src/resources/catalogue.ts';
import type {Tone} from '../../../src/resources/column.ts';
import {startTui} from '../../../src/tui/main.ts';
import type {Opened, Running, StartOptions} from '../../../src/tui/options.ts';
import type {Place} from '../../../src/tui/session/app.ts';
import type {ContextInfo} from '../../../src/tui/session/services.ts';
import {unicodeGlyphs} from '../../../src/tui/theme/glyphs.ts';
import type {Cell} from '../terminal/fake-terminal.ts';
import {FakeTerminal} from '../terminal/fake-terminal.ts';
import {bytesOf} from './keys.ts';

export const themeFolder = fileURLToPath(new URL('../../../themes', import.meta.url));

/** What a deck is opened with; the rest has defaults fit for tests. */
export type DeckOptions = Partial<StartOptions> & {
  readonly size?: readonly [number, number];
  readonly open: (name: string) => Promise<Opened>;
  readonly place: Place;
  readonly kinds?: readonly ResourceKind[];
  readonly contextList?: readonly ContextInfo[];
  /** False: come back after the first frame, whatever is still under way. */
  readonly settle?: boolean;
};

/** A failed expectation shows what was on the screen. */
export class StoryError extends Error {
  constructor(message: string, terminal: FakeTerminal) {
    super(`${message}\n${terminal.framed()}`);
    this.name = 'StoryError';
  }
}

const wildcard = (pattern: string): RegExp =>
  new RegExp(
    `^${pattern
      .split('*')
      .map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`))
      .join('.*')}$`,
  );

/** A kdeck that runs. */
export class Deck {
  readonly terminal: FakeTerminal;
  readonly #running: Running;
  readonly #finished: Promise<number>;
  #code: number | undefined;

  constructor(terminal: FakeTerminal, running: Running, finished: Promise<number>) {
    this.terminal = terminal;
    this.#running = running;
    this.#finished = finished.then((code) => (this.#code = code));
    this.#finished.catch(() => {});
  }

  get session(): Running['session'] {
    return this.#running.session;
  }

  /** Exit code once kdeck has ended. */
  get code(): number | undefined {
    return this.#code;
  }

  /** Waits until nothing is under way and the screen shows it. */
  async settles(): Promise<void> {
    // Typed bytes travel one turn through the stream before kdeck sees them.
    await new Promise((resolve) => setImmediate(resolve));
    if (this.#code === undefined) await this.#running.idle();
    await this.terminal.settled();
  }

  /** Presses keys by chord. */
  async presses(...chords: readonly string[]): Promise<void> {
    for (const chord of chords) {
      this.terminal.type(bytesOf(chord));
      await this.settles();
    }
  }

  /** Types text. */
  async types(text: string): Promise<void> {
    this.terminal.type(text);
    await this.settles();
  }

  /** Runs a command the way a user would: by its key, else through the prompt. Rebinding keys breaks no story. */
  async does(id: string): Promise<void> {
    const registered = this.session.app.registry.get(id);
    if (registered === undefined) throw new StoryError(`there is no command ${id}`, this.terminal);
    const binding = registered.keys[0]?.binding;
    if (binding !== undefined) {
      await this.presses(...binding.split(' '));
      return;
    }
    await this.goes(registered.command.aliases?.[0] ?? id);
  }

  /** Types a line into the prompt. */
  async goes(line: string): Promise<void> {
    await this.does('app.open-prompt');
    await this.types(line);
    await this.presses('enter');
  }

  /** Waits until the screen satisfies a condition: for what a real cluster does in its own time. */
  async waits(what: string, condition: () => boolean, seconds = 60): Promise<void> {
    const end = Date.now() + seconds * 1000;
    for (;;) {
      await this.settles();
      if (condition()) return;
      if (Date.now() > end) throw new StoryError(`waited ${seconds} s for ${what}`, this.terminal);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 500);
        const stop = this.session.subscribe(() => {
          clearTimeout(timer);
          stop();
          resolve();
        });
        setTimeout(stop, 500);
      });
    }
  }

  /** Line of the screen that holds a text, or -1. */
  lineOf(text: string): number {
    return this.terminal.lines().findIndex((line) => line.includes(text));
  }

  saw(text: string): void {
    if (!this.terminal.text().includes(text)) throw new StoryError(`did not see \`${text}\``, this.terminal);
  }

  missed(text: string): void {
    if (this.terminal.text().includes(text)) throw new StoryError(`saw \`${text}\`, which should not be there`, this.terminal);
  }

  /** Expects a row by its name (`*` for any text), cells by column title, and the sign of its tone. */
  sawRow(name: string, wanted: Readonly<Record<string, string>> & {readonly tone?: Tone} = {}): void {
    const problem = this.rowProblem(name, wanted);
    if (problem !== undefined) throw new StoryError(problem, this.terminal);
  }

  /** Why a row is not as wanted; undefined when it is. */
  rowProblem(name: string, wanted: Readonly<Record<string, string>> & {readonly tone?: Tone} = {}): string | undefined {
    const lines = this.terminal.lines();
    const titleAt = lines.findIndex((line) => /^\s+(NAME|NAMESPACE|LAST SEEN)\S?\s/.test(line));
    if (titleAt < 0) return 'there is no table';
    const titles = lines[titleAt] ?? '';
    const starts = [...titles.matchAll(/\S+(?: \S+)*/g)].map((match) => ({
      title: match[0].replace(/[↑↓^v]$/, ''),
      from: match.index,
      to: match.index + match[0].length,
    }));
    // Right-aligned cells end under the end of their title; left-aligned ones start under its start.
    const cellOf = (line: string, title: string): string | undefined => {
      const at = starts.findIndex((one) => one.title === title);
      const column = starts[at];
      if (column === undefined) return undefined;
      const words = [...line.slice(3).matchAll(/\S+(?: \S+)*/g)].map((match) => ({
        text: match[0],
        from: match.index + 3,
        to: match.index + 3 + match[0].length,
      }));
      return words.find(
        (word) => word.from === column.from || word.to === column.to || (word.from < column.to && word.to > column.from),
      )?.text;
    };
    const pattern = wildcard(name);
    const rows = lines.slice(titleAt + 1).filter((line) => pattern.test(cellOf(line, 'NAME') ?? ''));
    const problems = rows.map((row) => {
      for (const [title, value] of Object.entries(wanted)) {
        if (title === 'tone') {
          const sign = unicodeGlyphs.tone[value as Tone];
          const shown = row[1] === ' ' ? unicodeGlyphs.tone.ok : row[1];
          if (shown !== sign) return `row ${name} shows the sign ${shown}, not ${sign} for ${value}`;
        } else {
          const found = cellOf(row, title);
          if (found === undefined || !wildcard(value).test(found))
            return `row ${name} has ${title} \`${found ?? ''}\`, not \`${value}\``;
        }
      }
      return undefined;
    });
    // One row that fits is enough: names with `*` mean some row.
    return problems.length === 0 ? `there is no row ${name}` : problems.includes(undefined) ? undefined : problems[0];
  }

  /** Cells of the first line that holds a text. */
  cellsOf(text: string): readonly Cell[] {
    const at = this.lineOf(text);
    if (at < 0) throw new StoryError(`did not see \`${text}\``, this.terminal);
    return this.terminal.cells(at);
  }

  /** Ends kdeck and waits until it is gone. */
  async ends(): Promise<number> {
    if (this.#code === undefined) this.#running.quit(0);
    const code = await this.#finished;
    await this.terminal.settled();
    return code;
  }
}

/** Opens kdeck and waits for its first quiet screen. */
export const openDeck = async (options: DeckOptions): Promise<Deck> => {
  const [columns, rows] = options.size ?? [120, 30];
  const terminal = new FakeTerminal(columns, rows);
  const kinds = options.kinds ?? (await loadAllKinds());
  const line = options.line ?? 'pods';
  const started = Promise.withResolvers<Running>();
  const finished = startTui({
    stdin: terminal.stdin,
    stdout: terminal.stdout,
    env: {TERM: 'xterm-256color', COLORTERM: 'truecolor', LANG: 'C.UTF-8'},
    now: () => new Date(),
    version: '0.0.0-test',
    opened: options.open(options.place.context),
    openContext: options.open,
    placeOf: async (name) => ({...options.place, context: name}),
    contexts: () => Promise.resolve(options.contextList ?? []),
    firstKind: kinds.find((kind) => kindKey(kind.ref) === 'pods'),
    allKinds: () => Promise.resolve(kinds),
    line,
    keys: {},
    theme: 'dark',
    themeFolders: [themeFolder],
    glyphs: 'unicode',
    mouse: true,
    metricsSeconds: 15,
    recentNamespaces: [],
    remember: () => {},
    ...options,
    onStarted: started.resolve,
  });
  finished.catch(started.reject);
  const deck = new Deck(terminal, await started.promise, finished);
  if (options.settle !== false) await deck.settles();
  else await terminal.settled();
  return deck;
};
