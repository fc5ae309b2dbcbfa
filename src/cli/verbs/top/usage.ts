// What `top` reads and how it writes amounts: metrics.k8s.io, millicores and mebibytes.
import {addQuantities, parseQuantity, quantityMilli, quantityValue, zeroQuantity, type Quantity} from '../../../base/quantity.ts';
import {goSort} from '../../../base/go-sort.ts';
import type {KubeList, KubeObject} from '../../../kube/types/object.ts';
import type {Cluster} from '../../../operations/cluster.ts';
import {cliError} from '../../errors.ts';
import type {VerbContext} from '../../verb.ts';

/** Amounts as the API writes them, such as `{cpu: '12m', memory: '34Mi'}`. */
export type Amounts = Readonly<Record<string, string>>;

/** A pod or node with what it uses. */
export type Metrics = KubeObject & {
  readonly usage?: Amounts;
  readonly containers?: readonly {readonly name: string; readonly usage: Amounts}[];
};

const reasonOf = (error: unknown): string | undefined => (error as {status?: {reason?: string}} | undefined)?.status?.reason;

/** Metrics of one named object, or of a list. */
export const readMetrics = async (
  context: VerbContext,
  what: {
    readonly plural: 'pods' | 'nodes';
    readonly namespace?: string;
    readonly name?: string;
    readonly labelSelector: string;
    readonly fieldSelector?: string;
  },
): Promise<readonly Metrics[]> => {
  const {client} = await context.cluster();
  const root = '/apis/metrics.k8s.io/v1beta1';
  const scope = what.namespace === undefined || what.namespace === '' ? '' : `/namespaces/${encodeURIComponent(what.namespace)}`;
  const path = `${root}${scope}/${what.plural}${what.name === undefined ? '' : `/${encodeURIComponent(what.name)}`}`;
  const text = (value: string | undefined): string | undefined => (value === undefined || value === '' ? undefined : value);
  try {
    const answer = await client.request({
      path,
      query: {labelSelector: text(what.labelSelector), fieldSelector: text(what.fieldSelector)},
    });
    return what.name === undefined ? (answer.json<KubeList<Metrics>>().items ?? []) : [answer.json<Metrics>()];
  } catch (error) {
    // A group nobody serves is not found without a word about which object.
    const details = (error as {status?: {details?: {name?: string}}}).status?.details;
    const isUnserved = reasonOf(error) === 'NotFound' && (details?.name ?? '') === '';
    // Rights are checked before paths: who may not read metrics is told so even where nobody serves any.
    if (isUnserved || (reasonOf(error) === 'Forbidden' && !(await isServed(await context.cluster()))))
      throw cliError('Metrics API not available');
    throw error;
  }
};

const isServed = ({client}: Cluster): Promise<boolean> =>
  client.request({path: '/apis/metrics.k8s.io'}).then(
    () => true,
    (error: unknown) => reasonOf(error) !== 'NotFound',
  );

/** The resources shown. */
export const measured = (context: VerbContext): readonly string[] =>
  context.flags.bool('show-swap') ? ['cpu', 'memory', 'swap'] : ['cpu', 'memory'];

const amountOf = (amounts: Amounts | undefined, resource: string): Quantity => {
  const text = amounts?.[resource];
  return (text === undefined ? undefined : parseQuantity(text)) ?? zeroQuantity;
};

/** Amounts as quantities. */
export const quantitiesOf = (amounts: Amounts | undefined, resources: readonly string[]): ReadonlyMap<string, Quantity> =>
  new Map(resources.map((resource) => [resource, amountOf(amounts, resource)]));

/** The sum of several. */
export const sumOf = (all: readonly (Amounts | undefined)[], resources: readonly string[]): ReadonlyMap<string, Quantity> =>
  new Map(
    resources.map((resource) => [resource, all.reduce((sum, one) => addQuantities(sum, amountOf(one, resource)), zeroQuantity)]),
  );

/** `12m` or `34Mi`. */
export const amountText = (resource: string, quantity: Quantity): string =>
  resource === 'cpu' ? `${quantityMilli(quantity)}m` : `${Math.trunc(quantityValue(quantity) / (1024 * 1024))}Mi`;

/** `5%`, cut off. */
export const percentText = (used: Quantity, available: Quantity): string => {
  const whole = quantityMilli(available);
  return `${whole === 0 ? 0 : Math.trunc((quantityMilli(used) / whole) * 100)}%`;
};

/** Sorted by `--sort-by` (most first), else by the given order of names. */
export const sortedBy = <T>(
  items: readonly T[],
  by: string,
  use: (item: T) => ReadonlyMap<string, Quantity>,
  names: (a: T, b: T) => boolean,
): readonly T[] => {
  const amounts = items.map((item) => {
    const quantity = use(item).get(by) ?? zeroQuantity;
    return by === 'cpu' ? quantityMilli(quantity) : quantityValue(quantity);
  });
  return goSort(items.length, (a, b) => (by === '' ? names(items[a]!, items[b]!) : amounts[a]! > amounts[b]!)).map(
    (index) => items[index]!,
  );
};

/** Checks `--sort-by`. */
export const checkSort = (by: string): void => {
  if (by !== '' && by !== 'cpu' && by !== 'memory') throw cliError('--sort-by accepts only cpu or memory');
};
