// The API server with thousands of pods that benchmarks use: one run called `bench`, filled anew for each size.
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {clusterFacts, stopCluster} from '../../test/support/cluster/harness.ts';
import type {ClusterFacts} from '../../test/support/cluster/harness.ts';
import {scaledCluster} from '../../test/support/cluster/scale.ts';

const name = 'bench';

const podsOf = (facts: ClusterFacts): number | undefined => {
  try {
    return (JSON.parse(readFileSync(join(facts.folder, 'population.json'), 'utf8')) as {pods: number}).pods;
  } catch {
    return undefined;
  }
};

/** The cluster with exactly so many pods. */
export const bigCluster = async (pods: number, say: (line: string) => void): Promise<ClusterFacts> => {
  const running = clusterFacts(name);
  if (running !== undefined && podsOf(running) !== pods) await stopCluster(name);
  return scaledCluster(pods, name, say);
};

export const stopBigCluster = (): Promise<void> => stopCluster(name);
