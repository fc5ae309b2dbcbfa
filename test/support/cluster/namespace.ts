// A namespace of a story's own on the test cluster, set up and looked at with kubectl, gone at the end.
import {execFile} from 'node:child_process';
import {promisify} from 'node:util';
import type {ClusterFacts} from './harness.ts';
import {runningCluster} from './harness.ts';

const run = promisify(execFile);

/** A fresh namespace and kubectl in it. */
export type StoryNamespace = {
  readonly facts: ClusterFacts;
  readonly name: string;
  /** Runs kubectl in the namespace; gives its stdout. Throws with its stderr. */
  readonly kubectl: (...args: readonly string[]) => Promise<string>;
  /** Creates objects in the namespace. */
  readonly creates: (...objects: readonly object[]) => Promise<void>;
  readonly remove: () => Promise<void>;
};

/** Makes one; the name begins with `prefix`. */
export const freshNamespace = async (prefix: string): Promise<StoryNamespace> => {
  const facts = await runningCluster();
  const name = `${prefix}-${Math.random().toString(36).slice(2, 8)}`;
  const admin = ['--kubeconfig', facts.kubeconfigs.admin];
  await run(facts.kubectl, [...admin, 'create', 'namespace', name]);
  // Pods need the namespace's service account, which a controller makes a moment later.
  await run(facts.kubectl, [...admin, '-n', name, 'wait', '--for=create', 'serviceaccount/default', '--timeout=60s']);
  return {
    facts,
    name,
    kubectl: async (...args) => (await run(facts.kubectl, [...admin, '-n', name, ...args], {maxBuffer: 1 << 26})).stdout,
    creates: async (...objects) => {
      const creating = run(facts.kubectl, [...admin, '-n', name, 'create', '-f', '-']);
      creating.child.stdin?.end(JSON.stringify({apiVersion: 'v1', kind: 'List', items: objects}));
      await creating;
    },
    remove: async () => {
      await run(facts.kubectl, [...admin, 'delete', 'namespace', name, '--wait=false']);
    },
  };
};
