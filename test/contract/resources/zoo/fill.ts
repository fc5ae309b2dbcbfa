// Fills a namespace with the zoo and waits until the controllers have looked at everything.
import {readFileSync} from 'node:fs';
import type {AnyObject, KubeList} from '../../../../src/kube/types/object.ts';
import type {Hand} from '../hand.ts';
import {boundClaim, podManifest, volumeManifests, zooPods} from './pods.ts';

const file = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');

/** Creates everything; objects' states stay still afterwards except for ages and what the cron job does. */
export const fillZoo = async (hand: Hand): Promise<void> => {
  const {kubectl, namespace} = hand;
  const apply = (manifest: string): Promise<string> => kubectl(['create', '-n', namespace, '-f', '-'], manifest);
  await apply(file('config.yaml'));
  await apply(file('network.yaml'));
  await apply(file('workloads.yaml'));
  await apply(
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'List',
      items: [...zooPods.map((pod) => podManifest(pod, namespace)), ...volumeManifests(namespace), boundClaim(namespace)],
    }),
  );
  await patchStatus(hand, 'service', 'balanced', {
    loadBalancer: {ingress: [{hostname: 'a-very-long-name.example.com'}, {ip: '192.0.2.7', ipMode: 'VIP'}]},
  });
  await patchStatus(hand, 'service', 'balanced-too', {loadBalancer: {ingress: [{ip: '192.0.2.8'}]}});
  await patchStatus(hand, 'ingress', 'many', {
    loadBalancer: {ingress: [{hostname: 'another-very-long-name.example.com'}, {ip: '192.0.2.7'}]},
  });
  await patchStatus(hand, 'pvc', 'bound', {
    phase: 'Bound',
    accessModes: ['ReadWriteOnce', 'ReadWriteMany'],
    capacity: {storage: '2048Mi'},
    conditions: [{type: 'Resizing', status: 'True', lastTransitionTime: '2026-01-02T03:04:05Z', reason: 'why', message: 'growing'}],
  });
  for (const {name, status, deleted} of zooPods) {
    if (status !== undefined) await patchStatus(hand, 'pod', name, status);
    if (deleted) await kubectl(['delete', 'pod', name, '-n', namespace, '--wait=false']);
  }
  await settled(hand);
};

const patchStatus = ({kubectl, namespace}: Hand, kind: string, name: string, status: unknown): Promise<string> =>
  kubectl(['patch', kind, name, '-n', namespace, '--subresource=status', '--type=merge', '-p', JSON.stringify({status})]);

/** Until the workloads' pods run on the simulated nodes. */
const settled = async ({kubectl, namespace}: Hand): Promise<void> => {
  const wait = (what: string, condition: string): Promise<string> =>
    kubectl(['wait', what, '-n', namespace, `--for=${condition}`, '--timeout=90s']);
  await wait('deployment/web', 'jsonpath={.status.observedGeneration}=1');
  await wait('deployment/web', 'jsonpath={.status.updatedReplicas}=3');
  await wait('daemonset/agent', 'jsonpath={.status.observedGeneration}=1');
  await wait('job/queue', 'condition=Suspended');
  await wait('job/indexed', 'jsonpath={.status.active}=2');
  await wait('pvc/matched', 'jsonpath={.status.phase}=Bound');
  await wait('secret/token', 'jsonpath={.data.token}');
};

/** All objects of a list path. */
export const itemsOf = async (hand: Hand, path: string): Promise<readonly AnyObject[]> => (await hand.get<KubeList>(path)).items;
