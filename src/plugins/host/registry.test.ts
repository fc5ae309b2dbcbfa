// Plugins come in through one door: all of a plugin or nothing, clashes told by both names, hooks that cannot hurt.
import {expect, test} from 'vitest';
import gitops from '../../../plugins/gitops/index.ts';
import type {KubeObject} from '../../kube/types/object.ts';
import {column} from '../../resources/column.ts';
import {kind} from '../../resources/kind.ts';
import {definePlugin} from '../api/index.ts';
import type {Contributions} from '../api/index.ts';
import {HookRunner} from './hooks.ts';
import {ContributionRegistry} from './registry.ts';

const deployments = kind<KubeObject>({
  ref: {group: 'apps', version: 'v1', plural: 'deployments'},
  kind: 'Deployment',
  singular: 'deployment',
  shortNames: ['deploy'],
  namespaced: true,
  family: 'workloads',
  columns: [column<KubeObject, string>({id: 'name', title: 'NAME', value: (object) => object.metadata.name ?? ''})],
  keep: [],
});
const plugin = (name: string, contributes: Contributions) =>
  definePlugin({manifest: {name, version: '1.0.0', summary: name}, contributes});
const built = {layer: 'kdeck', name: 'kdeck'} as const;
const user = {layer: 'user', name: 'mine'} as const;
const owned: KubeObject = {
  metadata: {name: 'web', annotations: {'argocd.argoproj.io/tracking-id': 'shop:apps/Deployment:shop/web'}},
};

test('the bundled gitops plugin adds a column and asks before a change that Argo CD takes back', async () => {
  const registry = new ContributionRegistry();
  registry.add(plugin('kdeck', {kinds: [deployments]}), built);
  const added = registry.add(gitops, {layer: 'bundled', name: 'gitops'});
  const merged = registry.kind('deployments.apps');
  expect(merged?.columns.map(({id}) => id)).toEqual(['name', 'managed-by']);
  const managed = merged?.columns[1];
  expect(managed?.text?.(managed.value(owned, {now: new Date(0)}))).toBe('Argo CD/shop');

  const hooks = new HookRunner(registry, () => expect.unreachable());
  const event = {
    operation: 'workload.scale',
    target: {group: 'apps', kind: 'Deployment', name: 'web'},
    object: owned,
    context: 'dev',
  };
  expect((await hooks.beforeOperation(event)).asks).toEqual([expect.stringContaining('Argo CD (shop) manages this object')]);
  expect(await hooks.beforeOperation({...event, object: {metadata: {name: 'free'}}})).toEqual({refused: [], asks: []});

  added[Symbol.dispose]();
  expect(registry.kind('deployments.apps')?.columns.map(({id}) => id)).toEqual(['name']);
});

test('a duplicate names both sides and brings nothing of the plugin in', () => {
  const registry = new ContributionRegistry();
  const command = {id: 'list.sort', title: 'Sort', summary: 'Sorts', group: 'List', run: () => {}};
  registry.add(plugin('kdeck', {commands: [command]}), built);
  const clashing = plugin('mine', {kinds: [deployments], commands: [command]});
  expect(() => registry.add(clashing, user)).toThrow(
    'The command list.sort of the user plugin mine already comes from kdeck itself',
  );
  expect(registry.kindKeys()).toEqual([]);
  expect(registry.commands()).toHaveLength(1);
});

test('a hook that throws is reported once, and the others still run', async () => {
  const registry = new ContributionRegistry();
  const heard: string[] = [];
  registry.add(
    plugin('bad', {
      hooks: {
        started: () => {
          throw new Error('no luck');
        },
        logLine: () => {
          throw new Error('no lines');
        },
      },
    }),
    {layer: 'user', name: 'bad'},
  );
  registry.add(
    plugin('good', {hooks: {started: ({version}) => void heard.push(version), logLine: ({text}) => text.toUpperCase()}}),
    user,
  );
  const problems: string[] = [];
  const hooks = new HookRunner(registry, (...problem) => problems.push(problem.join(' ')));
  await hooks.tell('started', {version: '1'});
  await hooks.tell('started', {version: '2'});
  expect(hooks.logLine({pod: 'p', container: 'c', text: 'hello'})).toBe('HELLO');
  expect(heard).toEqual(['1', '2']);
  expect(problems).toEqual(['bad started no luck', 'bad logLine no lines']);
});
