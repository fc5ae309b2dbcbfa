// Words for types: kdeck and kubectl must ask the server for the same path.
import {execFileSync} from 'node:child_process';
import {mkdtempSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {pathOf} from '../../../src/kube/client.ts';
import {facts, onCluster, openAs} from './real-client.ts';

const cache = mkdtempSync(join(tmpdir(), 'kubectl-cache-'));

/** Path kubectl lists for a word, without query; undefined when it knows no such type. */
const kubectlPath = (word: string): string | undefined => {
  const {kubectl, kubeconfigs} = facts();
  try {
    execFileSync(kubectl, ['get', word, '-n', 'default', '-v=6', `--cache-dir=${cache}`], {
      env: {...process.env, KUBECONFIG: kubeconfigs.admin},
      stdio: ['ignore', 'ignore', 'pipe'],
      encoding: 'utf8',
    });
  } catch (error) {
    const {stderr} = error as {stderr: string};
    if (stderr.includes("the server doesn't have a resource type")) return undefined;
    return lastPath(stderr);
  }
  // execFileSync gives stderr only on failure, so ask for one.
  try {
    execFileSync(kubectl, ['get', word, 'no-such-name', '-n', 'default', '-v=6', `--cache-dir=${cache}`], {
      env: {...process.env, KUBECONFIG: kubeconfigs.admin},
      stdio: ['ignore', 'ignore', 'pipe'],
      encoding: 'utf8',
    });
  } catch (error) {
    return lastPath((error as {stderr: string}).stderr)?.replace(/\/no-such-name$/, '');
  }
  return undefined;
};

const lastPath = (log: string): string | undefined => {
  const urls = [...log.matchAll(/verb="GET" url="https:\/\/[^/"]+([^"?]*)/g)].map(([, path]) => path);
  return (
    urls.filter((path) => path?.includes('/default/') || /^\/apis?\/.+\/[a-z]+\/no-such-name$/.test(path ?? '')).at(-1) ??
    urls.at(-1)
  );
};

describe.skipIf(!onCluster)('words for types', () => {
  test.each([
    'pods',
    'pod',
    'po',
    'Pod',
    'PODS',
    'PO',
    'pods.v1',
    'pods.v1.',
    'deploy',
    'deployment',
    'Deployment',
    'deployments.apps',
    'deploy.apps',
    'deploy.ap',
    'deploy.v1.apps',
    'deployments.v2.apps',
    'events',
    'ev',
    'events.events.k8s.io',
    'hpa',
    'hpa.v1.autoscaling',
    'horizontalpodautoscalers.v1.autoscaling',
    'podmetrics',
    'PodMetrics',
    'PodMetrics.v1beta1.metrics.k8s.io',
    'pods.metrics.k8s.io',
    'ing.net',
    'Ingress.networking.k8s.io',
    'cs',
    'crds',
    'sc',
    'nodes',
    'no',
    'foo',
    'foo.bar',
    'pods.',
    '.',
    'pods.foo.bar.baz',
  ])('%s', async (word) => {
    const cluster = await openAs('admin');
    await using client = cluster.client;
    void client;
    const [found] = await cluster.discovery.find(word);
    const ours = found === undefined ? undefined : pathOf(found, {namespace: found.namespaced ? 'default' : undefined});
    expect(ours).toBe(kubectlPath(word));
  });
});
