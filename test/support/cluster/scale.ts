// Huge clusters: an API server over an etcd that was filled directly, and bounded streams of changes to its pods.
import {join} from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import {EtcdWriter, putAll} from './etcd-writer.ts';
import {readJson, writeWhole} from './files.ts';
import {runningCluster, type ClusterFacts} from './harness.ts';
import {allObjects, pod, type Population} from './population.ts';

function populationFile(facts: ClusterFacts): string {
  return join(facts.folder, 'population.json');
}

/** A running cluster that holds exactly so many pods; filled when it is new. */
export async function scaledCluster(
  pods: number,
  name = 'scale',
  say: (line: string) => void = () => undefined,
): Promise<ClusterFacts> {
  if (!Number.isInteger(pods) || pods < 1 || pods > 500_000) throw new Error(`a number of pods from 1 to 500000, not ${pods}`);
  const facts = await runningCluster({name, mode: 'store', say});
  const known = readJson(populationFile(facts)) as Population | undefined;
  if (known?.pods === pods) return facts;
  if (known) throw new Error(`the cluster ${name} holds ${known.pods} pods: take it down first, or choose another name`);
  const population: Population = {pods, namespaces: 200, nodes: 1000, base: Date.now()};
  const started = Date.now();
  const writer = new EtcdWriter(facts.etcd);
  try {
    const count = await putAll(writer, allObjects(population));
    const seconds = (Date.now() - started) / 1000;
    say(`wrote ${count} objects in ${seconds.toFixed(1)} s (${Math.round(count / seconds)} a second)`);
  } finally {
    writer.close();
  }
  // Last, so that a load that was cut short counts as none.
  writeWhole(populationFile(facts), JSON.stringify(population));
  return facts;
}

export type Churn = {
  /** Pod status changes a second. */
  readonly rate: number;
  readonly seconds: number;
  readonly signal?: AbortSignal;
};

/** What `churnPods` did. */
export type ChurnResult = {readonly changes: number; readonly seconds: number};

/** Changes the status of pods, one pod after another across the cluster, at a steady rate for a bounded time. */
export async function churnPods(facts: ClusterFacts, {rate, seconds, signal}: Churn): Promise<ChurnResult> {
  if (!(rate > 0 && rate <= 5000)) throw new Error(`a rate from 1 to 5000 changes a second, not ${rate}`);
  if (!(seconds > 0 && seconds <= 3600)) throw new Error(`a time from 1 to 3600 seconds, not ${seconds}`);
  const population = readJson(populationFile(facts)) as Population | undefined;
  if (!population) throw new Error(`the cluster ${facts.name} was not filled by "scale": there are no pods to change`);
  const writer = new EtcdWriter(facts.etcd);
  const started = performance.now();
  const total = Math.round(rate * seconds);
  // Coprime to every usual number of pods: the walk visits each pod once before any pod twice.
  const stride = 7919;
  const under = new Set<Promise<void>>();
  const failures: unknown[] = [];
  const isOver = (): boolean => signal?.aborted === true || failures.length > 0;
  let done = 0;
  try {
    while (done < total && !isOver()) {
      const due = Math.min(total, Math.floor(((performance.now() - started) / 1000) * rate));
      for (; done < due; done++) {
        const index = (done * stride) % population.pods;
        const turn = 1 + Math.floor(done / population.pods);
        const put = writer.put(...pod(population, index, turn)).catch((error: unknown) => void failures.push(error));
        under.add(put);
        void put.then(() => under.delete(put));
      }
      // Behind means the machine is too slow for this rate: let what is under way land instead of piling more up.
      if (under.size > 500) await Promise.all(under);
      else await wait(5);
    }
    await Promise.all(under);
  } finally {
    writer.close();
  }
  if (failures.length > 0) throw failures[0];
  return {changes: done, seconds: (performance.now() - started) / 1000};
}
