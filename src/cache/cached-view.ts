// The read-only world answered from live lists that are open anyway, and by requests where none is.
// What comes out of a live list holds only the kind's `keep` paths: enough for relations and health, not for describe or edit.
import {parseFieldSelector} from '../base/selectors/field.ts';
import {matchesLabels, parseLabelSelector} from '../base/selectors/label.ts';
import type {AnyObject, KubeObject, ResourceRef} from '../kube/types/object.ts';
import type {ClusterView} from '../resources/kind.ts';
import type {SharedList} from './shared-list.ts';

type Question = {
  readonly namespace?: string | undefined;
  readonly labelSelector?: string | undefined;
  readonly fieldSelector?: string | undefined;
};

/** Field selectors that can be answered here; any other question goes to the server. */
const FIELDS: Readonly<Record<string, (object: AnyObject) => string | undefined>> = {
  'metadata.name': ({metadata}) => metadata.name,
  'metadata.namespace': ({metadata}) => metadata.namespace,
  'spec.nodeName': ({spec}) => (spec as {nodeName?: string} | undefined)?.nodeName,
};

/** A view that first looks into the cache's lists; `fallback` answers what they do not hold. */
export const cachedView = (cache: {readonly lists: Iterable<SharedList<any>>}, fallback: ClusterView): ClusterView => {
  /** Everything of a type, or of one namespace of it, if a live list has it. */
  const held = (ref: ResourceRef, namespace: string | undefined): readonly AnyObject[] | undefined => {
    for (const list of cache.lists) {
      const {store} = list;
      const same = list.ref.group === ref.group && list.ref.plural === ref.plural && list.ref.version === ref.version;
      if (!same || list.narrowed || !list.keepsFields || store.phase.is !== 'live') continue;
      if (list.namespace !== '' && list.namespace !== namespace) continue;
      return (namespace === undefined ? [...store.items.values()] : store.by('namespace', namespace)) as readonly AnyObject[];
    }
    return undefined;
  };
  return {
    ...fallback,
    list: async <T extends KubeObject = AnyObject>(ref: ResourceRef, question: Question = {}): Promise<readonly T[]> => {
      const chosen = chooser(question);
      const objects = chosen === undefined ? undefined : held(ref, question.namespace);
      if (objects === undefined || chosen === undefined) return fallback.list<T>(ref, question);
      return objects.filter(chosen) as readonly KubeObject[] as readonly T[];
    },
    get: async <T extends KubeObject = AnyObject>(
      ref: ResourceRef,
      at: {readonly namespace?: string | undefined; readonly name: string},
    ): Promise<T | undefined> => {
      const found = held(ref, at.namespace)?.find(({metadata}) => metadata.name === at.name);
      // One that is not here may have been created a moment ago.
      return found === undefined ? fallback.get<T>(ref, at) : (found as KubeObject as T);
    },
  };
};

/** The test behind a question's selectors; undefined when the server has to be asked. */
const chooser = ({labelSelector, fieldSelector}: Question): ((object: AnyObject) => boolean) | undefined => {
  const labels = parseLabelSelector(labelSelector ?? '');
  const fields = parseFieldSelector(fieldSelector ?? '');
  if (fields.some(({field}) => FIELDS[field] === undefined)) return undefined;
  return (object) =>
    matchesLabels(labels, object.metadata.labels ?? {}) &&
    fields.every(({field, operator, value}) => ((FIELDS[field]?.(object) ?? '') === value) === (operator === '='));
};
