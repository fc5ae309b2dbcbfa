import {expect, test} from 'vitest';
import {catalogue, entryForKind, entryOf, findEntries, loadAllKinds, loadKind} from './catalogue.ts';
import {kindKey} from './kind.ts';

test('an entry says the same as the kind it loads', async () => {
  for (const entry of catalogue) {
    const {ref, kind, singular, shortNames, namespaced} = await entry.load();
    expect({ref, kind, singular, shortNames, namespaced}).toEqual({
      ref: entry.ref,
      kind: entry.kind,
      singular: entry.singular,
      shortNames: entry.shortNames,
      namespaced: entry.namespaced,
    });
  }
});

test.each([
  ['pods', ['pods']],
  ['po', ['pods']],
  ['Pod', ['pods']],
  ['deploy', ['deployments.apps']],
  ['deployments.apps', ['deployments.apps']],
  ['deployment.apps', ['deployments.apps']],
  ['pvc', ['persistentvolumeclaims']],
  ['ing', ['ingresses.networking.k8s.io']],
  ['ev', ['events', 'events.events.k8s.io']],
  ['events.events.k8s.io', ['events.events.k8s.io']],
  ['widgets', []],
])('%s is found', (word, keys) => {
  expect(findEntries(word).map(({ref}) => kindKey(ref))).toEqual(keys);
});

test('types, owners and events find their kind', async () => {
  expect(entryOf({group: 'apps', plural: 'deployments'})?.kind).toBe('Deployment');
  expect(entryForKind('batch', 'Job')?.ref.plural).toBe('jobs');
  expect(await loadKind({group: 'example.com', plural: 'widgets'})).toBeUndefined();
});

test('ids are unique and stable looking, of columns, actions and rules', async () => {
  for (const kind of await loadAllKinds()) {
    for (const ids of [
      kind.columns.map(({id}) => id),
      (kind.actions ?? []).map(({id}) => id),
      (kind.diagnoses ?? []).map(({id}) => id),
    ]) {
      expect(new Set(ids).size, kind.kind).toBe(ids.length);
    }
    for (const {id} of kind.columns) expect(id).toMatch(/^[a-z][a-z-]*$/);
    for (const {id, title, summary} of kind.actions ?? []) {
      expect(id).toMatch(/^[a-z][a-z-]*\.[a-z][a-z-]*$/);
      expect(title).not.toBe('');
      expect(summary).toMatch(/\.$/);
    }
    // What is only shown when asked for comes last, so that kubectl's columns keep kubectl's order.
    const asked = kind.columns.map(({show}) => show === 'asked');
    expect(asked, kind.kind).toEqual(asked.toSorted((a, b) => Number(a) - Number(b)));
  }
});

test('one kind has no key for two actions', async () => {
  for (const kind of await loadAllKinds()) {
    const keys = (kind.actions ?? []).flatMap(({keys: own}) => own ?? []);
    expect(new Set(keys).size, kind.kind).toBe(keys.length);
  }
});
