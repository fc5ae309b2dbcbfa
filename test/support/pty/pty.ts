// Runs the real program in a pseudo-terminal; its output goes into a terminal emulator, as a person would see it.
import process from 'node:process';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {spawn} from '@lydell/node-pty';
import type {IPty} from '@lydell/node-pty';
import {FakeTerminal} from '../terminal/fake-terminal.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** How to run. */
export type PtyOptions = {
  readonly size?: readonly [number, number];
  readonly env?: Readonly<Record<string, string>>;
  /** Program and its first words; kdeck's launcher when absent. */
  readonly command?: readonly string[];
};

/** How the program ended. */
export type Ended = {readonly code: number; readonly signal: number | undefined};

/** A program in a pseudo-terminal. */
export class PtyProgram {
  readonly terminal: FakeTerminal;
  readonly #pty: IPty;
  readonly #ended: Promise<Ended>;
  readonly #watchers = new Set<() => void>();
  /** Milliseconds from start to each time the screen changed. */
  readonly startedAt = performance.now();
  /** Every byte the program wrote. */
  output = '';
  done: Ended | undefined;

  constructor(args: readonly string[], options: PtyOptions = {}) {
    const [columns, rows] = options.size ?? [100, 30];
    this.terminal = new FakeTerminal(columns, rows);
    const [program = '', ...first] = options.command ?? [process.execPath, join(root, 'bin/kdeck.js')];
    this.#pty = spawn(program, [...first, ...args], {
      name: 'xterm-256color',
      cols: columns,
      rows,
      cwd: root,
      env: {
        PATH: process.env['PATH'] ?? '',
        HOME: process.env['HOME'] ?? '',
        LANG: 'C.UTF-8',
        COLORTERM: 'truecolor',
        TZ: 'UTC',
        ...options.env,
      },
    });
    this.#pty.onData((data) => {
      this.output += data;
      this.terminal.feed(data);
      this.#wake();
    });
    this.#ended = new Promise((resolve) => {
      this.#pty.onExit(({exitCode, signal}) => {
        this.done = {code: exitCode, signal: signal === 0 ? undefined : signal};
        resolve(this.done);
        this.#wake();
      });
    });
  }

  get pid(): number {
    return this.#pty.pid;
  }

  #wake(): void {
    for (const watcher of this.#watchers) watcher();
  }

  type(bytes: string): void {
    this.#pty.write(bytes);
  }

  resize(columns: number, rows: number): void {
    this.terminal.resize(columns, rows);
    this.#pty.resize(columns, rows);
  }

  kill(signal: NodeJS.Signals): void {
    process.kill(this.#pty.pid, signal);
  }

  /** Waits until the screen satisfies a condition; a failure shows the screen. Gives the milliseconds since start. */
  async waits(what: string, condition: (terminal: FakeTerminal) => boolean, seconds = 30): Promise<number> {
    const end = performance.now() + seconds * 1000;
    for (;;) {
      await this.terminal.settled();
      if (condition(this.terminal)) return performance.now() - this.startedAt;
      const left = end - performance.now();
      if (left <= 0 || this.done !== undefined)
        throw new Error(
          `${this.done === undefined ? `waited ${seconds} s` : `the program ended with ${JSON.stringify(this.done)}`}: no ${what}\n${this.terminal.framed()}`,
        );
      await new Promise<void>((resolve) => {
        const finish = (): void => {
          clearTimeout(timer);
          this.#watchers.delete(finish);
          resolve();
        };
        const timer = setTimeout(finish, left);
        this.#watchers.add(finish);
      });
    }
  }

  /** Waits for a text on screen. */
  async shows(text: string, seconds?: number): Promise<number> {
    return this.waits(`\`${text}\``, (terminal) => terminal.text().includes(text), seconds);
  }

  /** Waits for the program's end. */
  async ends(seconds = 10): Promise<Ended> {
    const timeout = new Promise<never>((_resolve, reject) => {
      setTimeout(() => reject(new Error(`still running after ${seconds} s\n${this.terminal.framed()}`)), seconds * 1000).unref();
    });
    const ended = await Promise.race([this.#ended, timeout]);
    await this.terminal.settled();
    return ended;
  }

  /** Ends the program whatever it does; for the end of a test. */
  async close(): Promise<void> {
    if (this.done === undefined) {
      try {
        this.#pty.kill('SIGKILL');
      } catch {
        // It ended by itself meanwhile.
      }
      await this.#ended;
    }
    this.terminal.dispose();
  }
}
