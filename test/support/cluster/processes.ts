// The running programs of a cluster, as the supervisor holds them: started, waited for, stopped, paused.
import {spawn, type ChildProcess} from 'node:child_process';
import {closeSync, mkdirSync, openSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import {ask} from './api.ts';
import type {Component} from './components.ts';
import {containerdSocket} from './node-files.ts';
import type {RunPaths} from './paths.ts';
import {tryCommand} from './run-command.ts';

export type ProcessState = {
  /** The pid inside the run's namespace. */
  readonly pid: number | null;
  readonly state: 'running' | 'paused' | 'stopped' | 'failed';
  /** Exit code or signal of a program that ended by itself. */
  readonly ended?: string;
};

/** The last lines of a log. */
export function tail(path: string, lines = 15): string {
  try {
    return readFileSync(path, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
  } catch {
    return '(no log)';
  }
}

/** One program. */
export class RunningComponent {
  readonly component: Component;
  readonly log: string;
  readonly #changed: () => void;
  readonly #token: string;
  #child: ChildProcess | undefined;
  #state: ProcessState = {pid: null, state: 'stopped'};
  #isStopping = false;

  constructor(component: Component, paths: RunPaths, token: string, changed: () => void) {
    this.component = component;
    this.log = join(paths.logs, `${component.name}.log`);
    this.#changed = changed;
    this.#token = token;
    mkdirSync(paths.logs, {recursive: true});
  }

  get state(): ProcessState {
    return this.#state;
  }

  #set(state: ProcessState): void {
    this.#state = state;
    this.#changed();
  }

  /** Starts the program; the log is appended to. */
  start(): void {
    if (this.#child) return;
    const log = openSync(this.log, 'a');
    const child = spawn(this.component.command, this.component.args, {stdio: ['ignore', log, log]});
    closeSync(log);
    this.#child = child;
    this.#isStopping = false;
    child.once('error', (error) => this.#ended(child, error.message));
    child.once('exit', (code, signal) => this.#ended(child, signal ?? `exit code ${code}`));
    this.#set({pid: child.pid ?? null, state: 'running'});
  }

  #ended(child: ChildProcess, how: string): void {
    if (this.#child !== child) return;
    this.#child = undefined;
    this.#set({pid: null, state: this.#isStopping ? 'stopped' : 'failed', ended: how});
  }

  /** Ends the program and waits until it is gone: SIGTERM first, SIGKILL after the patience. An API server with open
   * watches, and an etcd with clients, would take a minute. */
  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM', patienceMs = 3000): Promise<void> {
    const child = this.#child;
    if (!child) return;
    this.#isStopping = true;
    const gone = new Promise<void>((done) => child.once('exit', () => done()));
    child.kill(signal);
    // A paused program takes its end only when it goes on.
    child.kill('SIGCONT');
    const patience = setTimeout(() => child.kill('SIGKILL'), patienceMs);
    await gone;
    clearTimeout(patience);
  }

  /** Holds the program where it stands: connections stay open and nothing answers. */
  pause(): void {
    if (this.#child?.kill('SIGSTOP')) this.#set({...this.#state, state: 'paused'});
  }

  resume(): void {
    if (this.#child?.kill('SIGCONT')) this.#set({...this.#state, state: 'running'});
  }

  async #isReady(): Promise<boolean> {
    const {ready} = this.component;
    try {
      if (ready.startsWith('containerd:')) {
        return (await tryCommand('ctr', ['--address', containerdSocket, '--timeout', '2s', 'version'])).code === 0;
      }
      return (await ask(ready, {token: this.#token, timeoutMs: 2000})).status === 200;
    } catch {
      return false;
    }
  }

  /** Waits until the program answers. Throws, with the end of its log, when it ends or takes too long. */
  async ready(timeoutMs = 90_000): Promise<void> {
    const deadline = Date.now() + timeoutMs;
    while (!(await this.#isReady())) {
      const {state, ended} = this.#state;
      const problem =
        state !== 'running'
          ? `ended (${ended ?? state})`
          : Date.now() > deadline
            ? `was not ready within ${timeoutMs / 1000} s`
            : undefined;
      if (problem) throw new Error(`${this.component.name} ${problem}. The end of its log ${this.log}:\n${tail(this.log)}`);
      await wait(50);
    }
  }
}
