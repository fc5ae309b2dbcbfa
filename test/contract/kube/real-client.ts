// Clusters opened on the real test cluster, one for each kind of user. Named by KDECK_TEST_CLUSTER; without it tests are skipped.
import {mkdtempSync, readFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {vi} from 'vitest';
import {openCluster, type OpenOptions} from '../../../src/operations/connect.ts';
import type {Cluster, ConnectionFlags} from '../../../src/operations/cluster.ts';
import {clusterFacts, type ClusterFacts} from '../../support/cluster/harness.ts';

// Real programs start in these tests, on machines that may be busy with others.
vi.setConfig({testTimeout: 60_000});

const named = process.env['KDECK_TEST_CLUSTER'];

/** Whether a real cluster was given: the name of a running one, or the path of its facts. */
export const onCluster = named !== undefined && named !== '';

if (!onCluster) process.stderr.write('skipped: KDECK_TEST_CLUSTER names no running test cluster (npm run cluster up)\n');

/** The facts of the cluster under test. */
export const facts = (): ClusterFacts => {
  const found = named?.includes('/') ? (JSON.parse(readFileSync(named, 'utf8')) as ClusterFacts) : clusterFacts(named);
  if (found === undefined) throw new Error(`no test cluster named ${named} is running`);
  return found;
};

/** A cluster opened as one of its users, with a cache directory of its own. */
export const openAs = (
  user: keyof ClusterFacts['kubeconfigs'],
  transport: OpenOptions['transport'] = 'once',
  flags: ConnectionFlags = {},
  options: Partial<OpenOptions> = {},
): Promise<Cluster> =>
  openCluster(
    {kubeconfig: facts().kubeconfigs[user], cacheDir: mkdtempSync(join(tmpdir(), 'kdeck-cache-')), ...flags},
    {transport, env: process.env, ...options},
  );

/** The administrator's client. */
export const adminClient = async (): Promise<Cluster['client']> => (await openAs('admin')).client;
