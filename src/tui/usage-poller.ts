// Asks for CPU and memory while somebody looks at pods or nodes: one list an interval, and none when nobody looks.
import type {Session} from './session/session.ts';
import type {Connection} from './session/services.ts';

/** Every so many intervals the nodes are asked too, for the header. */
const nodesEvery = 4;

/** Polls for one session. `poke` when a second has gone by or the screen changed. */
export class UsagePoller {
  readonly #session: Session;
  readonly #every: number;
  readonly #now: () => number;
  #last = -Infinity;
  #lastKind: string | undefined;
  #round = 0;
  #running: AbortController | undefined;

  constructor(session: Session, seconds: number, now: () => number) {
    this.#session = session;
    this.#every = seconds * 1000;
    this.#now = now;
  }

  /** Looks whether it is time, and asks. */
  poke(connection: Connection | undefined): void {
    const {screen, params} = this.#session.showing;
    const {kind, namespaces} = (params ?? {}) as {kind?: string; namespaces?: readonly string[] | 'all'};
    const looked = screen === 'list' && (kind === 'pods' || kind === 'nodes') ? kind : undefined;
    const due = this.#now() - this.#last >= this.#every || (looked !== undefined && looked !== this.#lastKind);
    if (connection === undefined || this.#running !== undefined || !due) return;
    if (!['live', 'partial'].includes(this.#session.app.link.is)) return;
    if (looked === undefined && this.#round > 0 && this.#round % nodesEvery !== 0) {
      this.#round++;
      this.#last = this.#now();
      return;
    }
    this.#last = this.#now();
    this.#lastKind = looked;
    const withNodes = looked === 'nodes' || this.#round % nodesEvery === 0;
    this.#round++;
    void this.#ask(connection, looked === 'pods' ? (namespaces ?? 'all') : undefined, withNodes);
  }

  async #ask(connection: Connection, pods: readonly string[] | 'all' | undefined, nodes: boolean): Promise<void> {
    const stop = new AbortController();
    this.#running = stop;
    try {
      const [podUse, nodeUse] = await Promise.all([
        pods === undefined ? undefined : connection.usage('pods', pods, stop.signal),
        nodes ? connection.usage('nodes', 'all', stop.signal) : undefined,
      ]);
      if (!stop.signal.aborted)
        this.#session.learned({
          usage: {...(podUse === undefined ? {} : {pods: podUse}), ...(nodeUse === undefined ? {} : {nodes: nodeUse})},
        });
    } catch {
      // The connection's own state tells what is wrong; a missing number needs no message of its own.
    } finally {
      this.#running = undefined;
    }
  }

  /** Forgets everything: another cluster is being opened. */
  reset(): void {
    this.#running?.abort();
    this.#running = undefined;
    this.#last = -Infinity;
    this.#round = 0;
  }
}
