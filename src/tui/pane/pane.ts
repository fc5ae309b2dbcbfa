// One program in a pseudo-terminal with its emulator: fed, resized, ended; tells when its picture changed.
import process from 'node:process';
import type {Size} from '../session/app.ts';
import type {Input} from '../keys/input.ts';
import type {Look} from '../theme/look.ts';
import {Emulator} from './emulator.ts';
import type {PtyProcess, SpawnPty} from './load-pty.ts';
import {bytesForProgram} from './program-bytes.ts';

/** How a program ended. `ended`: the user had it ended. */
export type PaneEnd = {readonly exitCode: number; readonly signal: number | undefined; readonly ended: boolean};

/** What runs in a pane. */
export type PaneProgram = {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
};

/** A picture is drawn at most this often, and at once after a pause. */
const drawEvery = 30;
/** Characters on their way into the emulator before the program has to wait. */
const mostPending = 200_000;
/** A program that ignores the hang-up has this long. */
const killAfter = 2000;

/** Sizes of the real terminal mean nothing inside the pane. */
const environment = (env: PaneProgram['env']): Record<string, string | undefined> => ({
  ...Object.fromEntries(
    Object.entries(env).filter(([name, value]) => value !== undefined && name !== 'COLUMNS' && name !== 'LINES'),
  ),
  TERM: 'xterm-256color',
});

/** A running program. */
export class Pane {
  readonly #pty: PtyProcess;
  readonly #emulator: Emulator;
  #lastText = '';
  readonly #done = Promise.withResolvers<PaneEnd>();
  #size: Size;
  #pending = 0;
  #paused = false;
  #timer: NodeJS.Timeout | undefined;
  #killTimer: NodeJS.Timeout | undefined;
  #drawnAt = 0;
  #killed = false;
  #end: PaneEnd | undefined;
  #disposed = false;
  /** Called when the picture changed. */
  onChange: () => void = () => {};

  /** Starts the program; throws when it cannot be. */
  constructor(spawn: SpawnPty, program: PaneProgram, size: Size) {
    this.#size = size;
    this.#emulator = new Emulator(size, (bytes) => this.#write(bytes));
    this.#pty = spawn(program.file, [...program.args], {
      name: 'xterm-256color',
      cols: size.columns,
      rows: size.rows,
      cwd: program.cwd,
      // The emulator is what the program talks to, whatever the real terminal is.
      env: environment(program.env),
    });
    this.#pty.onData((data) => this.#take(data));
    this.#pty.onExit(({exitCode, signal}) => {
      clearTimeout(this.#killTimer);
      const finish = (): void => {
        if (!this.#disposed) this.#lastText = this.#emulator.text();
        this.#end = {exitCode, signal: signal === 0 ? undefined : signal, ended: this.#killed};
        this.#changed();
        this.#done.resolve(this.#end);
      };
      // What it wrote last is drawn before it is said to be over.
      if (this.#disposed) finish();
      else this.#emulator.write('', finish);
    });
  }

  /** Resolves when the program has ended. */
  get done(): Promise<PaneEnd> {
    return this.#done.promise;
  }

  /** How it ended; undefined while it runs. */
  get end(): PaneEnd | undefined {
    return this.#end;
  }

  /** What stood on its screen when it ended. */
  get lastText(): string {
    return this.#lastText;
  }

  get above(): number {
    return this.#emulator.above;
  }

  #take(data: string): void {
    if (this.#disposed) return;
    this.#pending += data.length;
    if (this.#pending > mostPending && !this.#paused) {
      this.#paused = true;
      this.#pty.pause();
    }
    this.#emulator.write(data, () => {
      this.#pending -= data.length;
      if (this.#paused && this.#pending < mostPending / 2) {
        this.#paused = false;
        this.#pty.resume();
      }
      this.#changed();
    });
  }

  #changed(): void {
    if (this.#timer !== undefined || this.#disposed) return;
    const wait = Math.max(0, this.#drawnAt + drawEvery - performance.now());
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#drawnAt = performance.now();
      this.onChange();
    }, wait);
  }

  #write(bytes: string): void {
    if (this.#end === undefined && !this.#disposed) this.#pty.write(bytes);
  }

  /** A key, a paste or the wheel, with the bytes it came in. */
  input(input: Input, bytes: string): void {
    const sent = bytesForProgram(input, bytes, this.#emulator.modes);
    if (sent !== undefined) this.#write(sent);
  }

  /** Bytes as they stand. */
  send(bytes: string): void {
    this.#write(bytes);
  }

  resize(size: Size): void {
    if (size.columns === this.#size.columns && size.rows === this.#size.rows) return;
    this.#size = size;
    this.#emulator.resize(size);
    if (this.#end !== undefined) return;
    try {
      this.#pty.resize(size.columns, size.rows);
    } catch {
      // It ended this very moment.
    }
  }

  draw(look: Look, up: number): readonly string[] {
    return this.#emulator.lines(look, up, this.#end === undefined);
  }

  /** Hangs up as a terminal that is closed does; a program that does not care is killed. */
  kill(): void {
    if (this.#end !== undefined || this.#killed) return;
    this.#killed = true;
    this.#signal('SIGHUP');
    this.#killTimer = setTimeout(() => this.#signal('SIGKILL'), killAfter);
    // kdeck may end meanwhile; the pseudo-terminal ends with it.
    this.#killTimer.unref();
  }

  #signal(signal: string): void {
    try {
      // A shell's children are in its group, and are meant too.
      if (process.platform === 'win32') this.#pty.kill();
      else process.kill(-this.#pty.pid, signal);
    } catch {
      // It has gone already.
    }
  }

  /** Lets go of everything; ends the program when it still runs. */
  dispose(): void {
    if (this.#disposed) return;
    this.kill();
    this.#disposed = true;
    clearTimeout(this.#timer);
    this.#emulator.dispose();
  }
}
