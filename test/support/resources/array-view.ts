// A cluster made of an array: the view that samples and unit tests give to kinds and diagnoses.
import {goSprint} from '../../../src/base/go-format.ts';
import type {AnyObject, KubeObject, ResourceRef} from '../../../src/kube/types/object.ts';
import type {CoreEvent} from '../../../src/kube/types/wire.ts';
import {catalogue} from '../../../src/resources/catalogue.ts';
import type {ClusterView} from '../../../src/resources/kind.ts';

/** What the array cluster is made of. */
export type ArrayWorld = {
  readonly now: Date;
  readonly objects: readonly AnyObject[];
  readonly events?: readonly CoreEvent[];
  /** Last log lines by container. */
  readonly logs?: Readonly<Record<string, string>>;
};

/** A view that answers from the array. A type it has no kind for is empty. */
export const arrayView = ({now, objects, events = [], logs}: ArrayWorld): ClusterView => {
  const ofType = (ref: ResourceRef, namespace: string | undefined): readonly AnyObject[] => {
    const kind =
      catalogue.find((each) => each.ref.group === ref.group && each.ref.plural === ref.plural)?.kind ?? EXTRA[ref.plural];
    return objects.filter((each) => each.kind === kind && (namespace === undefined || each.metadata.namespace === namespace));
  };
  return {
    now: () => now,
    list: async (ref, {namespace, labelSelector = '', fieldSelector = ''} = {}) =>
      ofType(ref, namespace).filter((each) => labelsMatch(each, labelSelector) && fieldsMatch(each, fieldSelector)) as never,
    get: async (ref, {namespace, name}) => ofType(ref, namespace).find((each) => each.metadata.name === name) as never,
    eventsOf: async ({metadata}) =>
      events.filter(
        (event) =>
          event.involvedObject.name === metadata.name &&
          (event.involvedObject.uid === undefined || event.involvedObject.uid === metadata.uid),
      ),
    ...(logs === undefined ? {} : {lastLog: async (_pod, {container}) => logs[container] ?? ''}),
  };
};

const EXTRA: Readonly<Record<string, string>> = {
  resourcequotas: 'ResourceQuota',
  limitranges: 'LimitRange',
  leases: 'Lease',
  endpointslices: 'EndpointSlice',
  controllerrevisions: 'ControllerRevision',
};

/** `a=b`, `a in (b,c)`, `a notin (b)`, `a`, `!a`. */
const labelsMatch = ({metadata}: KubeObject, selector: string): boolean =>
  (selector.match(/[^,(]+(?:\([^)]*\))?/g) ?? []).every((part) => {
    const labels = metadata.labels ?? {};
    const set = /^(\S+) (in|notin) \(([^)]*)\)$/.exec(part);
    if (set !== null) return (set[3]?.split(',').includes(labels[set[1] ?? ''] ?? '\0') ?? false) === (set[2] === 'in');
    if (part.startsWith('!')) return labels[part.slice(1)] === undefined;
    const [key = '', value] = part.split('=');
    return value === undefined ? labels[key] !== undefined : labels[key] === value;
  });

const fieldsMatch = (object: AnyObject, selector: string): boolean =>
  selector
    .split(',')
    .filter((part) => part !== '')
    .every((part) => {
      const [, path = '', operator, wanted = ''] = /^([^!=]+)(!?=)(.*)$/.exec(part) ?? [];
      const value = path.split('.').reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], object);
      return (goSprint(value ?? '') === wanted) === (operator === '=');
    });
