// Every hand on a real API server: what it does, what it says, how it is taken back, and that it spares a namesake.
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {handsOf} from '../../../src/operations/hands.ts';
import {getObject, type ObjectAddress} from '../../../src/operations/objects.ts';
import {revisionsOf, type Workload} from '../../../src/operations/rollout/revisions.ts';
import {rolloutStatusOf} from '../../../src/operations/rollout/status.ts';
import {targetOf, type Operations, type Target} from '../../../src/resources/operations.ts';
import type {KubeObject} from '../../../src/kube/types/object.ts';
import {until} from '../../support/streams/loopback.ts';
import {onCluster, place, type Place} from '../streams/place.ts';

const DEPLOYMENT = {group: 'apps', version: 'v1', plural: 'deployments', kind: 'Deployment'};
const CRON_JOB = {group: 'batch', version: 'v1', plural: 'cronjobs', kind: 'CronJob'};

const template = (image: string, app: string) => ({
  metadata: {labels: {app}},
  spec: {
    containers: [
      {name: 'main', image},
      {name: 'side', image: 'side:1'},
    ],
  },
});

describe.skipIf(!onCluster)('hands on a real API server', () => {
  let at: Place;
  let hands: Operations;
  beforeAll(async () => {
    at = await place('hands');
    hands = handsOf(at.cluster.client, {now: () => new Date()});
  });
  afterAll(() => at[Symbol.asyncDispose]());

  const address = (target: Target): ObjectAddress => target;
  const read = <T = any>(target: Target): Promise<T> => getObject<any>(at.cluster.client, address(target));

  const deployment = async (name: string): Promise<Target> => {
    const made = await at.create(DEPLOYMENT, {
      metadata: {name},
      spec: {replicas: 0, selector: {matchLabels: {app: name}}, template: template('main:1', name)},
    } as unknown as KubeObject);
    return targetOf(made, DEPLOYMENT);
  };

  test('scale, and back', async () => {
    const web = await deployment('scale');
    const outcome = await hands.scale(web, 2);
    expect(outcome.said).toBe('Deployment scale scaled from 0 to 2 replicas');
    expect((await read(web)).spec.replicas).toBe(2);
    expect((await outcome.undo?.run())?.said).toBe('Deployment scale scaled back to 0 replicas');
    expect((await read(web)).spec.replicas).toBe(0);
  });

  test('scaling back leaves alone what somebody else scaled since', async () => {
    const web = await deployment('scale-race');
    const outcome = await hands.scale(web, 1);
    await hands.scale(web, 3);
    await expect(outcome.undo?.run()).rejects.toThrow('Expected replicas to be 1, was 3');
    await hands.scale(web, 0);
  });

  test('a namesake is spared', async () => {
    const stranger = {...(await deployment('namesake')), uid: '00000000-0000-0000-0000-000000000000'};
    await expect(hands.scale(stranger, 1)).rejects.toThrow(/UID in precondition/);
    await expect(hands.setImage(stranger, {main: 'x:1'})).rejects.toThrow(/this is another one/);
    await expect(hands.remove(stranger, {})).rejects.toThrow(/UID in precondition|the UID in the precondition/i);
    await expect(hands.label(stranger, {a: 'b'})).rejects.toThrow(/this is another one/);
    await expect(hands.rollBack(stranger, 0)).rejects.toThrow();
    const real = await read(stranger);
    expect(real.spec.replicas).toBe(0);
    expect(real.spec.template.spec.containers[0].image).toBe('main:1');
  });

  test('set image, and back', async () => {
    const web = await deployment('image');
    const outcome = await hands.setImage(web, {main: 'main:2'});
    expect(outcome.said).toBe('Deployment image: main main:1 → main:2');
    expect((await read(web)).spec.template.spec.containers.map((c: {image: string}) => c.image)).toEqual(['main:2', 'side:1']);
    await outcome.undo?.run();
    expect((await read(web)).spec.template.spec.containers[0].image).toBe('main:1');
    await expect(hands.setImage(web, {nope: 'x'})).rejects.toThrow('Deployment image has no container named nope');
    expect((await hands.setImage(web, {main: 'main:1'})).said).toContain('already');
  });

  test('roll back, and forward again', async () => {
    const web = await deployment('roll');
    const revisions = async () =>
      revisionsOf(at.cluster.client, address(web), {...(await read<Workload>(web)), kind: 'Deployment'});
    await until(async () => (await revisions()).length === 1, 'revision 1', 20_000);
    await hands.setImage(web, {main: 'main:2'});
    await until(async () => (await revisions()).length === 2, 'revision 2', 20_000);
    const outcome = await hands.rollBack(web, 0);
    expect(outcome.said).toBe('Deployment roll rolled back to revision 1');
    expect((await read(web)).spec.template.spec.containers[0].image).toBe('main:1');
    await until(async () => (await revisions()).at(-1)?.number === 3, 'revision 3', 20_000);
    expect((await hands.rollBack(web, 3)).said).toBe('Deployment roll runs revision 3 already');
    await outcome.undo?.run();
    expect((await read(web)).spec.template.spec.containers[0].image).toBe('main:2');
    await expect(hands.rollBack(web, 77)).rejects.toThrow('unable to find specified revision 77 in history');
  });

  test('restart, pause, resume', async () => {
    const web = await deployment('restart');
    await hands.restart(web);
    expect((await read(web)).spec.template.metadata.annotations['kubectl.kubernetes.io/restartedAt']).toMatch(/^\d{4}-/);
    const outcome = await hands.pauseRollout(web, true);
    await expect(hands.restart(web)).rejects.toThrow("can't restart paused deployment");
    await outcome.undo?.run();
    expect((await read(web)).spec.paused).toBeUndefined();
  });

  test('suspend and trigger a CronJob', async () => {
    const made = await at.create(CRON_JOB, {
      metadata: {name: 'night'},
      spec: {
        schedule: '0 3 * * *',
        suspend: true,
        jobTemplate: {
          metadata: {labels: {from: 'night'}},
          spec: {suspend: true, template: {spec: {restartPolicy: 'Never', containers: [{name: 'c', image: 'c:1'}]}}},
        },
      },
    } as unknown as KubeObject);
    const night = targetOf(made, CRON_JOB);
    const outcome = await hands.suspend(night, false);
    expect((await read(night)).spec.suspend).toBe(false);
    await outcome.undo?.run();
    expect((await read(night)).spec.suspend).toBe(true);
    const started = await hands.triggerCronJob(night);
    const name = /Job (\S+) started/.exec(started.said)?.[1] ?? '';
    const job = await read({...night, plural: 'jobs', name});
    expect(job.metadata.labels.from).toBe('night');
    expect(job.metadata.ownerReferences[0]).toMatchObject({kind: 'CronJob', name: 'night', uid: night.uid});
    expect((await started.undo?.run())?.said).toBe(`Job ${name} deleted`);
  });

  test('label and annotate, and back', async () => {
    const web = await deployment('labels');
    const first = await hands.label(web, {a: '1', b: '2'});
    expect((await read(web)).metadata.labels).toEqual({a: '1', b: '2'});
    const second = await hands.label(web, {a: '3', b: null});
    expect(second.said).toBe('Labels of Deployment labels: a set, b removed');
    await second.undo?.run();
    expect((await read(web)).metadata.labels).toEqual({a: '1', b: '2'});
    await first.undo?.run();
    expect((await read(web)).metadata.labels).toBeUndefined();
    await hands.annotate(web, {note: 'x'});
    expect((await read(web)).metadata.annotations.note).toBe('x');
  });

  test('cordon and uncordon', async () => {
    const node = await getObject<KubeObject>(at.cluster.client, {group: '', version: 'v1', plural: 'nodes', name: 'kwok-2'});
    const target = targetOf(node, {group: '', version: 'v1', plural: 'nodes', kind: 'Node'});
    const outcome = await hands.cordon(target, true);
    expect((await read(target)).spec.unschedulable).toBe(true);
    await outcome.undo?.run();
    expect((await read(target)).spec.unschedulable).toBeUndefined();
  });

  test('a stale look is refused', async () => {
    const web = await deployment('stale');
    const {resourceVersion} = (await read<KubeObject>(web)).metadata;
    await hands.label(web, {a: '1'});
    await expect(hands.setImage({...web, resourceVersion}, {main: 'main:9'})).rejects.toThrow('was changed meanwhile');
  });

  test('remove', async () => {
    const web = await deployment('gone');
    expect((await hands.remove(web, {})).said).toBe('Deployment gone deleted');
    await until(
      async () =>
        read(web).then(
          () => false,
          () => true,
        ),
      'it is gone',
    );
  });

  test('a rollout of nothing is done', async () => {
    const web = await deployment('status');
    await until(
      async () => {
        const object = await read<KubeObject>(web);
        return rolloutStatusOf({...object, kind: 'Deployment'}).line === 'deployment "status" successfully rolled out';
      },
      'the rollout is done',
      20_000,
    );
  });
});
