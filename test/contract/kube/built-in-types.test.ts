// Holds the built-in table of types to what a real API server serves. `KDECK_UPDATE=1` writes the table anew.
import {writeFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import builtIn from '../../../src/kube/discovery/built-in-types.json' with {type: 'json'};
import {rowOf} from '../../../src/kube/discovery/cache-file.ts';
import {fetchServedTypes} from '../../../src/kube/discovery/fetch.ts';
import {adminClient, onCluster} from './real-client.ts';

// Served since Kubernetes 1.29 or longer, in this version. Newer ones are found by asking.
const STABLE: Readonly<Record<string, readonly string[] | 'all'>> = {
  v1: 'all',
  'admissionregistration.k8s.io/v1': ['mutatingwebhookconfigurations', 'validatingwebhookconfigurations'],
  'apiextensions.k8s.io/v1': 'all',
  'apiregistration.k8s.io/v1': 'all',
  'apps/v1': 'all',
  'authentication.k8s.io/v1': 'all',
  'authorization.k8s.io/v1': 'all',
  'autoscaling/v2': 'all',
  'autoscaling/v1': 'all',
  'batch/v1': 'all',
  'certificates.k8s.io/v1': 'all',
  'coordination.k8s.io/v1': 'all',
  'discovery.k8s.io/v1': 'all',
  'events.k8s.io/v1': 'all',
  'flowcontrol.apiserver.k8s.io/v1': 'all',
  'networking.k8s.io/v1': ['ingressclasses', 'ingresses', 'networkpolicies'],
  'node.k8s.io/v1': 'all',
  'policy/v1': 'all',
  'rbac.authorization.k8s.io/v1': 'all',
  'scheduling.k8s.io/v1': 'all',
  'storage.k8s.io/v1': ['csidrivers', 'csinodes', 'csistoragecapacities', 'storageclasses', 'volumeattachments'],
};

describe.skipIf(!onCluster)('built-in types', () => {
  test('are what the API server serves, in its order', async () => {
    await using client = await adminClient();
    const served = await fetchServedTypes(client);
    const expected = (served?.resources ?? [])
      .filter(({group, version, plural}) => {
        const names = STABLE[group === '' ? version : `${group}/${version}`];
        return names === 'all' || names?.includes(plural);
      })
      .map(rowOf);
    expect(expected.length).toBeGreaterThan(50);
    if (process.env['KDECK_UPDATE'] === '1') {
      const lines = expected.map((row) => `  ${JSON.stringify(row)}`).join(',\n');
      writeFileSync(new URL('../../../src/kube/discovery/built-in-types.json', import.meta.url), `[\n${lines}\n]\n`);
      return;
    }
    expect(builtIn).toEqual(expected);
  });
});
