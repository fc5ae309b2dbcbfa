// Keeps the port-forwards of a session: they outlive the screens that started them, and tell how they are doing.
import {KdeckError, messageOf} from '../../../base/errors.ts';
import {openForward, type ForwardState} from '../../../operations/forward.ts';
import type {ApiResource, KubeObject} from '../../../kube/types/object.ts';
import type {Tone} from '../../../resources/column.ts';
import type {Toast} from '../../session/effect.ts';
import type {Connection} from '../../session/services.ts';

/** One forward as screens show it. A value: changes make a new one. */
export type Forward = {
  readonly id: string;
  /** `localhost:8080`; port 0 while it is not known. */
  readonly local: {readonly address: string; readonly port: number};
  readonly namespace: string;
  /** `deployment site`. */
  readonly target: string;
  /** Name or number of the port, as it was asked for. */
  readonly port: string;
  readonly state: {readonly phase: 'starting'} | ForwardState;
  /** What went wrong with the last connection that failed. */
  readonly trouble: string | undefined;
  /** Connections taken so far. */
  readonly connections: number;
  readonly since: Date;
};

/** What to forward: a port of an object, to a local port or to a free one. */
export type ForwardWish = {
  readonly resource: ApiResource;
  readonly object: KubeObject;
  readonly port: string;
  readonly local: number;
};

type Held = {forward: Forward; stopped: boolean; close: (() => Promise<void>) | undefined};

/** `localhost:8080`. */
export const addressOf = ({local}: Forward): string => (local.port === 0 ? local.address : `${local.address}:${local.port}`);

const tones: Readonly<Record<Forward['state']['phase'], Tone>> = {
  starting: 'busy',
  ready: 'ok',
  rebinding: 'busy',
  waiting: 'warn',
  failed: 'bad',
};

/** How a forward is doing, as a colour. */
export const forwardTone = ({state, trouble}: Forward): Tone =>
  state.phase === 'ready' && trouble !== undefined ? 'warn' : tones[state.phase];

/** The client lists what it tried on each address; a person wants to know which port is not free. */
const reasonOf = (error: unknown, local: number): string =>
  error instanceof KdeckError && error.code === 'KD-FORWARD-LISTEN' && /in use/i.test(error.message)
    ? `port ${local} of this machine is in use`
    : messageOf(error);

/** What the forwards of a session are asked. */
export interface Forwards {
  readonly all: () => readonly Forward[];
  /** Starts one. It stays in the list when it fails, with the reason, until it is stopped. */
  readonly start: (connection: Connection, wish: ForwardWish) => Promise<void>;
  readonly stop: (id: string) => Promise<void>;
  /** Ends all of them; says how many there were. */
  readonly stopAll: () => number;
}

/** How a keeper tells what happens. */
export type KeeperOptions = {
  readonly now: () => Date;
  readonly changed: () => void;
  readonly tell: (toast: Toast) => void;
};

/** The forwards of one session. */
export class ForwardKeeper implements Forwards {
  readonly #options: KeeperOptions;
  readonly #held = new Map<string, Held>();
  #all: readonly Forward[] = [];
  #next = 1;

  constructor(options: KeeperOptions) {
    this.#options = options;
  }

  /** The same array while nothing changed. */
  all = (): readonly Forward[] => this.#all;

  start = async (connection: Connection, {resource, object, port, local}: ForwardWish): Promise<void> => {
    const {name = '', namespace = ''} = object.metadata;
    const held: Held = {
      forward: {
        id: String(this.#next++),
        local: {address: 'localhost', port: local},
        namespace,
        target: `${resource.singular || resource.plural} ${name}`,
        port,
        state: {phase: 'starting'},
        trouble: undefined,
        connections: 0,
        since: this.#options.now(),
      },
      stopped: false,
      close: undefined,
    };
    this.#held.set(held.forward.id, held);
    this.#change(held, {});
    const {group, version, plural, kind} = resource;
    try {
      const forwarder = await openForward(
        connection.cluster.client,
        {group, version, plural, kind, namespace, name},
        {
          spec: `${local === 0 ? '' : local}:${port}`,
          // Before it is open its port is not known, and nobody has to be told anything yet.
          onState: (state) => void (held.close !== undefined && this.#became(held, state)),
          onTrouble: (trouble) => this.#failed(held, trouble),
          onConnection: () => this.#change(held, {connections: held.forward.connections + 1}),
        },
      );
      held.close = () => forwarder.close();
      if (held.stopped) return await forwarder.close();
      this.#change(held, {local: {address: 'localhost', port: forwarder.listening[0]?.port ?? local}});
      this.#became(held, forwarder.state);
    } catch (error) {
      const reason = reasonOf(error, local);
      this.#change(held, {state: {phase: 'failed', reason}});
      if (!held.stopped) this.#options.tell({tone: 'bad', text: `Port-forward to ${held.forward.target}: ${reason}`});
    }
    return undefined;
  };

  stop = async (id: string): Promise<void> => {
    const held = this.#held.get(id);
    if (held === undefined) return;
    held.stopped = true;
    this.#held.delete(id);
    this.#publish();
    await held.close?.();
  };

  stopAll = (): number => {
    const ids = [...this.#held.keys()];
    for (const id of ids) void this.stop(id);
    return ids.length;
  };

  #became(held: Held, state: ForwardState): void {
    const before = held.forward.state;
    this.#change(held, {state, ...(state.phase === 'ready' ? {trouble: undefined} : {})});
    if (held.stopped || before.phase === state.phase) return;
    const at = addressOf(held.forward);
    switch (state.phase) {
      case 'ready':
        this.#options.tell({
          tone: 'ok',
          text: `${at} ${before.phase === 'starting' ? 'leads to' : 'goes on with'} pod ${state.to.pod}, port ${state.to.port}`,
        });
        break;
      case 'rebinding':
        this.#options.tell({tone: 'warn', text: `${at}: ${state.reason}, looking for another`});
        break;
      default:
        this.#options.tell({
          tone: state.phase === 'failed' ? 'bad' : 'warn',
          text: `${at} ${state.phase === 'failed' ? 'failed' : 'waits'}: ${state.reason}`,
        });
    }
  }

  #failed(held: Held, trouble: string): void {
    if (held.stopped) return;
    this.#change(held, {trouble});
    this.#options.tell({tone: 'warn', text: `A connection to ${addressOf(held.forward)} failed: ${trouble}`});
  }

  #change(held: Held, change: Partial<Forward>): void {
    held.forward = {...held.forward, ...change};
    this.#publish();
  }

  #publish(): void {
    this.#all = [...this.#held.values()].map(({forward}) => forward);
    this.#options.changed();
  }
}
