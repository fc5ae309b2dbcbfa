// kdeck in a pseudo-terminal with a clock on every byte: what stood on the screen when.
import {spawn} from '@lydell/node-pty';
import type {IPty} from '@lydell/node-pty';
import {FakeTerminal} from '../../test/support/terminal/fake-terminal.ts';

const endOfFrame = '\x1b[?2026l';

/** A running program and its screen. */
export class Screen {
  readonly terminal: FakeTerminal;
  readonly startedAt: number;
  readonly #pty: IPty;
  readonly #ended: Promise<void>;
  #isOver = false;
  /** Asked of each chunk of output, with the moment it came. */
  readonly #listeners = new Set<(data: string, at: number) => void>();

  constructor(command: readonly string[], env: Record<string, string>, [columns, rows]: readonly [number, number] = [200, 50]) {
    this.terminal = new FakeTerminal(columns, rows);
    this.startedAt = performance.now();
    this.#pty = spawn(command[0]!, command.slice(1), {name: 'xterm-256color', cols: columns, rows, env});
    this.#pty.onData((data) => {
      const at = performance.now();
      this.terminal.feed(data);
      for (const listener of this.#listeners) listener(data, at);
    });
    this.#ended = new Promise((resolve) => {
      this.#pty.onExit(() => {
        this.#isOver = true;
        resolve();
        for (const listener of this.#listeners) listener('', performance.now());
      });
    });
  }

  get pid(): number {
    return this.#pty.pid;
  }

  /** Milliseconds from a moment (the start) to the output that made a condition on the screen true. */
  async waits(what: string, condition: (text: string) => boolean, from = this.startedAt, seconds = 60): Promise<number> {
    const chunks: number[] = [];
    let wake = (): void => {};
    const listener = (_data: string, at: number): void => {
      chunks.push(at);
      wake();
    };
    this.#listeners.add(listener);
    const end = performance.now() + seconds * 1000;
    try {
      for (let at = performance.now(); ;) {
        await this.terminal.settled();
        if (condition(this.terminal.text())) return at - from;
        const left = end - performance.now();
        if (left <= 0 || this.#isOver)
          throw new Error(
            `${this.#isOver ? 'the program ended' : `${seconds} s passed`} before ${what}\n${this.terminal.framed()}`,
          );
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, left);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
          if (chunks.length > 0) wake();
        });
        at = chunks.shift() ?? performance.now();
      }
    } finally {
      this.#listeners.delete(listener);
    }
  }

  /** Presses a key; milliseconds until the screen satisfies a condition. */
  keyUntil(bytes: string, what: string, condition: (text: string) => boolean): Promise<number> {
    const start = performance.now();
    this.#pty.write(bytes);
    return this.waits(what, condition, start, 10);
  }

  type(bytes: string): void {
    this.#pty.write(bytes);
  }

  /** Presses a key; milliseconds until a frame that holds a text has come whole. */
  keyTo(bytes: string, text: string, seconds = 10): Promise<number> {
    return new Promise((resolve, reject) => {
      let seen = '';
      const timer = setTimeout(() => {
        this.#listeners.delete(listener);
        reject(
          new Error(
            `no frame with ${JSON.stringify(text)} for the key ${JSON.stringify(bytes)} in ${seconds} s\n${this.terminal.framed()}`,
          ),
        );
      }, seconds * 1000);
      const listener = (data: string, at: number): void => {
        seen += data;
        const found = seen.indexOf(text);
        if (found === -1 || !seen.includes(endOfFrame, found)) return;
        clearTimeout(timer);
        this.#listeners.delete(listener);
        resolve(at - start);
      };
      this.#listeners.add(listener);
      const start = performance.now();
      this.#pty.write(bytes);
    });
  }

  /** Leaves as a user does, so that what is kept for the next start is written. */
  async quits(): Promise<void> {
    this.#pty.write(':q\r');
    await Promise.race([this.#ended, new Promise((resolve) => setTimeout(resolve, 5000))]);
    await this.close();
  }

  /** Ends the program whatever it does. */
  async close(): Promise<void> {
    if (!this.#isOver) this.#pty.kill('SIGKILL');
    await this.#ended;
    this.terminal.dispose();
  }
}
