// Describe of the built-in kinds against kubectl's own output for the same objects, byte for byte.
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {describeText} from '../../../src/output/describe.ts';
import type {AnyObject, ResourceRef} from '../../../src/kube/types/object.ts';
import {catalogue} from '../../../src/resources/catalogue.ts';
import {describeGeneric} from '../../../src/resources/custom/describe.ts';
import {DescribePaper} from '../../../src/resources/describe-writer.ts';
import {kindKey, type ResourceKind} from '../../../src/resources/kind.ts';
import {openHand, pathOf, type Hand} from './hand.ts';
import {fillZoo, itemsOf} from './zoo/fill.ts';

let hand: Hand;
beforeAll(async () => {
  hand = await openHand('describe');
  await fillZoo(hand);
});
afterAll(async () => {
  await hand?.remove();
});

const ours = async (
  describer: NonNullable<ResourceKind['describe']>,
  ref: ResourceRef,
  {metadata}: AnyObject,
  now: number,
  showEvents: boolean,
): Promise<string> => {
  const object = await hand.get<AnyObject>(pathOf(ref, metadata.namespace, metadata.name));
  const paper = new DescribePaper();
  await describer(object, hand.view(new Date(now)), paper, {showEvents});
  return describeText(paper);
};

const theirs = ({metadata}: AnyObject, ref: ResourceRef, showEvents: boolean): Promise<string> => {
  const place = metadata.namespace === undefined ? [] : ['-n', metadata.namespace];
  const type = ref.group === '' ? ref.plural : `${ref.plural}.${ref.version}.${ref.group}`;
  return hand.kubectl(['describe', type, metadata.name ?? '', ...place, `--show-events=${showEvents}`]);
};

/** kubectl takes its time somewhere between start and end, and a cluster moves: try again until nothing moved in between. */
const expectSame = async (
  describer: NonNullable<ResourceKind['describe']>,
  ref: ResourceRef,
  object: AnyObject,
  showEvents = true,
): Promise<void> => {
  let expected = '';
  let actual = '';
  for (let attempt = 0; attempt < 6; attempt += 1) {
    const from = Date.now();
    expected = await theirs(object, ref, showEvents);
    const to = Date.now();
    for (const now of [to, from, (from + to) / 2]) {
      actual = await ours(describer, ref, object, now, showEvents);
      if (actual === expected) return;
    }
  }
  expect(actual, `${ref.plural} ${object.metadata.name}`).toBe(expected);
};

describe.each(catalogue.filter((entry) => entry.kind !== 'Event').map((entry) => [kindKey(entry.ref), entry] as const))(
  '%s',
  (_key, entry) => {
    test('equals kubectl describe', async () => {
      const kind = await entry.load();
      expect(kind.describe).toBeDefined();
      const all = await itemsOf(hand, pathOf(kind.ref, kind.namespaced ? hand.namespace : undefined));
      const shown =
        kind.ref.plural === 'namespaces'
          ? all.filter((each) => [hand.namespace, 'default'].includes(each.metadata.name ?? ''))
          : all;
      const own =
        kind.ref.plural === 'persistentvolumes' ? shown.filter((each) => each.metadata.labels?.['zoo'] === hand.namespace) : shown;
      expect(own.length).toBeGreaterThan(0);
      for (const object of own) await expectSame(kind.describe as never, kind.ref, object);
    });

    test('equals kubectl describe --show-events=false', async () => {
      const kind = await entry.load();
      const [first] = await itemsOf(hand, pathOf(kind.ref, kind.namespaced ? hand.namespace : undefined));
      await expectSame(kind.describe as never, kind.ref, first as AnyObject, false);
    });
  },
);

test('kinds without a describer of their own are described field by field', async () => {
  const refs: readonly ResourceRef[] = [
    {group: '', version: 'v1', plural: 'events'},
    {group: 'apps', version: 'v1', plural: 'controllerrevisions'},
    {group: 'coordination.k8s.io', version: 'v1', plural: 'leases'},
    {group: 'flowcontrol.apiserver.k8s.io', version: 'v1', plural: 'flowschemas'},
    {group: 'apiregistration.k8s.io', version: 'v1', plural: 'apiservices'},
  ];
  for (const ref of refs) {
    const all = await itemsOf(hand, pathOf(ref));
    expect(all.length).toBeGreaterThan(0);
    for (const object of all.slice(0, 4)) await expectSame(describeGeneric, ref, object);
  }
});
