// Tells plugins which objects on screen changed: at most ten times a second, the newest state of each.
import type {KubeObject} from '../kube/types/object.ts';
import type {HookRunner} from '../plugins/host/hooks.ts';

/** An object of a live list on screen that changed or went. */
export type ObjectNews = {readonly kind: string; readonly object: KubeObject; readonly change: 'changed' | 'removed'};

const EVERY_MS = 100;

/** Collects news and hands them to plugins in batches. Costs nothing when no plugin listens. */
export class ObjectFeed {
  readonly #hooks: HookRunner | undefined;
  #waiting = new Map<string, ObjectNews>();
  #timer: NodeJS.Timeout | undefined;

  constructor(hooks: HookRunner | undefined) {
    this.#hooks = hooks;
  }

  /** True when a plugin wants to hear of objects. */
  get wanted(): boolean {
    return this.#hooks?.listens('objectChanged') === true;
  }

  take = (news: ObjectNews): void => {
    this.#waiting.set(`${news.kind} ${news.object.metadata.uid ?? ''}`, news);
    this.#timer ??= setTimeout(() => this.#flush(), EVERY_MS);
  };

  #flush(): void {
    this.#timer = undefined;
    const batch = this.#waiting;
    this.#waiting = new Map();
    for (const news of batch.values()) void this.#hooks?.tell('objectChanged', news);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#waiting.clear();
  }
}
