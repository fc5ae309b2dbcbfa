// Keeps a local port connected to a port of a pod, and finds the next pod when the first one is replaced.
import type {Socket} from 'node:net';
import {KdeckError, messageOf} from '../../base/errors.ts';
import type {KubeClient} from '../client.ts';
import {openListeners, type Listening, type OpenedListeners} from './listeners.ts';
import {openTunnel, tunnelErrorOf, type PodPort} from './port-tunnel.ts';

/** How a forward is doing. `reason` is a sentence for people. */
export type ForwardState =
  {readonly phase: 'ready'; readonly to: PodPort} | {readonly phase: 'rebinding' | 'waiting' | 'failed'; readonly reason: string};

/** What to forward. */
export type ForwardOptions = {
  readonly client: KubeClient;
  /** Local port, 0 for a free one. */
  readonly localPort: number;
  /** `localhost` or IP addresses; `localhost` alone unless given. */
  readonly addresses?: readonly string[];
  /**
   * Where to go now. Asked once at the start, and again when the pod has gone. Undefined: no pod yet, wait.
   * `gone` is the place that no longer answers.
   */
  readonly resolve: (gone?: PodPort) => Promise<PodPort | undefined>;
  /** Go on with another pod when this one is replaced; otherwise the first failure is final. */
  readonly rebind: boolean;
  readonly onState?: (state: ForwardState) => void;
  readonly onConnection?: (port: number) => void;
  /** One connection failed; the forward itself goes on. */
  readonly onTrouble?: (message: string) => void;
  /** Called once, when the forward is closed. */
  readonly onClose?: () => void;
  /** Waits between questions for a pod; tests pass their own. */
  readonly pause?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
};

const wait = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener('abort', done, {once: true});
  });

const LONGEST_WAIT = 8_000;
// Pods a single connection may be moved to before its error is told.
const MOST_TRIES = 3;

/** One forwarded port, from `open` to `close`. */
export class PortForwarder implements AsyncDisposable {
  readonly #options: ForwardOptions;
  readonly #stop = new AbortController();
  readonly #sockets = new Set<Socket>();
  #listeners: OpenedListeners | undefined;
  #to: PodPort | undefined;
  #finding: Promise<PodPort> | undefined;
  #state: ForwardState = {phase: 'waiting', reason: 'not opened yet'};

  constructor(options: ForwardOptions) {
    this.#options = options;
  }

  get state(): ForwardState {
    return this.#state;
  }

  get listening(): readonly Listening[] {
    return this.#listeners?.listening ?? [];
  }

  /** Finds the pod and listens. Throws when neither can be done; with `rebind`, a missing pod is waited for instead. */
  async open(): Promise<void> {
    const {resolve, rebind, localPort, addresses} = this.#options;
    const to = await resolve();
    if (to === undefined && !rebind) throw new KdeckError('KD-FORWARD-NO-POD', 'there is no pod to forward to');
    this.#listeners = await openListeners(addresses ?? ['localhost'], localPort, (socket) => this.#accept(socket));
    if (this.#listeners.error !== undefined) {
      await this.close();
      throw new KdeckError('KD-FORWARD-LISTEN', this.#listeners.error);
    }
    if (to === undefined) void this.#find(undefined, 'no pod yet').catch(() => undefined);
    else this.#reached(to);
  }

  /** Tells that the pod has gone or changed (a watch saw it), so that the next connection need not find out. */
  replaced(reason: string): void {
    if (this.#options.rebind && this.#finding === undefined && !this.#stop.signal.aborted) {
      void this.#find(this.#to, reason).catch(() => undefined);
    }
  }

  async close(): Promise<void> {
    if (this.#stop.signal.aborted) return;
    this.#options.onClose?.();
    this.#stop.abort(new KdeckError('KD-FORWARD-CLOSED', 'the port-forward was closed'));
    // A reset, not an end: an answer cut short must not look complete.
    for (const socket of this.#sockets) socket.resetAndDestroy();
    await this.#listeners?.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #say(state: ForwardState): void {
    this.#state = state;
    this.#options.onState?.(state);
  }

  #reached(to: PodPort): void {
    this.#to = to;
    this.#say({phase: 'ready', to});
  }

  #find(gone: PodPort | undefined, reason: string): Promise<PodPort> {
    this.#finding ??= this.#search(gone, reason).finally(() => {
      this.#finding = undefined;
    });
    return this.#finding;
  }

  async #search(gone: PodPort | undefined, reason: string): Promise<PodPort> {
    const {resolve, pause = wait} = this.#options;
    this.#say({phase: 'rebinding', reason});
    for (let delay = 250; !this.#stop.signal.aborted; delay = Math.min(delay * 2, LONGEST_WAIT)) {
      try {
        const to = await resolve(gone);
        if (to !== undefined) {
          this.#reached(to);
          return to;
        }
        this.#say({phase: 'waiting', reason: 'no running pod'});
      } catch (error) {
        this.#say({phase: 'waiting', reason: messageOf(error)});
      }
      await pause(delay, this.#stop.signal);
    }
    throw this.#stop.signal.reason;
  }

  #accept(socket: Socket): void {
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
    socket.on('error', () => undefined);
    if (socket.localPort !== undefined) this.#options.onConnection?.(socket.localPort);
    this.#serve(socket).catch((error: unknown) => {
      socket.resetAndDestroy();
      if (!this.#stop.signal.aborted) this.#options.onTrouble?.(messageOf(error));
    });
  }

  async #serve(socket: Socket): Promise<void> {
    let to = this.#to ?? (await this.#find(undefined, 'no pod yet'));
    for (let tries = 1; ; tries += 1) {
      try {
        const tunnel = await openTunnel(this.#options.client, to, this.#stop.signal);
        if (socket.destroyed) return tunnel.close();
        return await tunnel.carry(socket);
      } catch (thrown) {
        const error = tunnelErrorOf(thrown);
        if (this.#stop.signal.aborted) throw error;
        if (!this.#options.rebind) {
          this.#say({phase: 'failed', reason: error.message});
          throw error;
        }
        const next = await this.#elsewhere(to, error.message);
        // Bytes that are gone cannot be sent again; only an untouched connection may move on.
        if (next === undefined || error.sent > 0 || error.received > 0 || socket.destroyed || tries === MOST_TRIES) throw error;
        to = next;
      }
    }
  }

  /** Another place than the one that failed; undefined when it is still the right one, so that the failure is the program's own. */
  async #elsewhere(failed: PodPort, reason: string): Promise<PodPort | undefined> {
    const same = (a: PodPort | undefined): boolean => a !== undefined && a.pod === failed.pod && a.port === failed.port;
    if (!same(this.#to)) return this.#to;
    const now = await this.#options.resolve().catch(() => undefined);
    if (same(now)) return undefined;
    return this.#find(failed, reason);
  }
}
