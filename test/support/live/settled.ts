// Waiting for a live list to be in some state, and keeping count of what it reported on the way.
import type {Change, LiveList, Phase} from '../../../src/cache/live-list.ts';
import type {KubeObject} from '../../../src/kube/types/object.ts';

/** What a list reported since it was followed. */
export type Reports = {
  readonly changes: Change[];
  readonly phases: Phase['is'][];
  readonly changed: () => string[];
  readonly removed: () => string[];
};

/** Notes every release of a list. */
export const follow = (list: LiveList<any>): Reports => {
  const changes: Change[] = [];
  const phases: Phase['is'][] = [list.phase.is];
  list.subscribe((change) => {
    changes.push(change);
    if (phases.at(-1) !== list.phase.is) phases.push(list.phase.is);
  });
  return {
    changes,
    phases,
    changed: () => changes.flatMap((change) => [...change.changed]),
    removed: () => changes.flatMap((change) => [...change.removed]),
  };
};

/** Resolves when the list is in a state, now or after one of its next releases. */
export const when = <T extends KubeObject>(list: LiveList<T>, is: (list: LiveList<T>) => boolean): Promise<void> =>
  new Promise((resolve) => {
    if (is(list)) return resolve();
    const listening = list.subscribe(() => {
      if (!is(list)) return;
      listening[Symbol.dispose]();
      resolve();
    });
  });

export const whenPhase = (list: LiveList<any>, is: Phase['is']): Promise<void> => when(list, ({phase}) => phase.is === is);

/** Names of the objects, sorted. */
export const names = (list: LiveList<any>): string[] =>
  [...list.items.values()].map(({metadata}) => String(metadata.name)).toSorted();
