// One list of a cluster that several readers may share: a store, the reflector that feeds it, and how many hold it.
import type {KubeClient} from '../kube/client.ts';
import type {Codec} from '../kube/decode/codec.ts';
import type {KubeObject, ResourceRef} from '../kube/types/object.ts';
import {Reflector} from '../kube/watch/reflector.ts';
import type {ReflectorTiming} from '../kube/watch/timing.ts';
import {Store, type RowBudget} from './store.ts';

/** What one shared list is about. */
export type SharedListOptions<T extends KubeObject> = {
  readonly client: KubeClient;
  readonly ref: ResourceRef;
  readonly path: string;
  /** Empty for all namespaces and for cluster-scoped kinds. */
  readonly namespace: string;
  readonly selectors: {readonly labelSelector?: string | undefined; readonly fieldSelector?: string | undefined};
  readonly codec: Codec<T>;
  /** False for rows that only have metadata and cells. */
  readonly keepsFields: boolean;
  readonly budget: RowBudget;
  readonly now: () => Date;
  readonly timing: ReflectorTiming | undefined;
  /** Milliseconds it stays open after the last reader left. */
  readonly grace: number;
  readonly onClose: () => void;
};

/** Opened once and then handed to every reader of the same kind and scope. */
export class SharedList<T extends KubeObject> {
  readonly ref: ResourceRef;
  readonly namespace: string;
  readonly narrowed: boolean;
  readonly keepsFields: boolean;
  readonly store: Store<T>;
  readonly #options: SharedListOptions<T>;
  readonly #reflector: Reflector<T>;
  #readers = 0;
  #idle: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(options: SharedListOptions<T>) {
    this.#options = options;
    this.ref = options.ref;
    this.namespace = options.namespace;
    this.keepsFields = options.keepsFields;
    this.narrowed = options.selectors.labelSelector !== undefined || options.selectors.fieldSelector !== undefined;
    this.store = new Store<T>(options.budget, options.now);
    this.#reflector = new Reflector<T>({
      client: options.client,
      path: options.path,
      selectors: options.selectors,
      codec: options.codec,
      sink: this.store,
      ...(options.timing === undefined ? {} : {timing: options.timing}),
    });
    this.#reflector.start();
  }

  get idle(): boolean {
    return this.#readers === 0;
  }

  retain(): void {
    this.#readers++;
    clearTimeout(this.#idle);
    this.#idle = undefined;
  }

  release(): void {
    this.#readers--;
    if (this.#readers > 0 || this.#closed) return;
    if (this.#options.grace <= 0) return this.close();
    this.#idle = setTimeout(() => this.close(), this.#options.grace);
    // A list nobody reads must not keep the program from ending.
    this.#idle.unref();
  }

  retryNow(): void {
    this.#reflector.retryNow();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#idle);
    this.#reflector[Symbol.dispose]();
    this.store.close();
    this.#options.onClose();
  }
}
