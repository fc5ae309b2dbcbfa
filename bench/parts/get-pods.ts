// `get pods -A` of 50,000 pods by kdeck and by kubectl in turns: time and memory.
import {bigCluster} from '../support/big-cluster.ts';
import {figure, median} from '../support/figures.ts';
import type {Figure} from '../support/figures.ts';
import {run} from '../support/processes.ts';
import type {Run} from '../support/processes.ts';
import type {Program} from '../support/program.ts';

const part = 'get pods -A';
const count = 50_000;

/** Measures on the big cluster. */
export const measure = async (program: Program, rounds: number, say: (line: string) => void): Promise<readonly Figure[]> => {
  const facts = await bigCluster(count, say);
  const env = program.env(facts.kubeconfigs.admin);
  const runs: {kubectl: Run[]; kdeck: Run[]} = {kubectl: [], kdeck: []};
  for (let round = 0; round < rounds; round++) {
    runs.kubectl.push(await run([facts.kubectl, 'get', 'pods', '-A'], env));
    runs.kdeck.push(await run([...program.kdeck, 'get', 'pods', '-A'], env));
    const [theirs, ours] = [runs.kubectl.at(-1)!, runs.kdeck.at(-1)!];
    say(
      `kubectl ${theirs.wall.toFixed(0)} ms, ${theirs.peak.toFixed(0)} MiB; kdeck ${ours.wall.toFixed(0)} ms, ${ours.peak.toFixed(0)} MiB; ${ours.bytes} and ${theirs.bytes} bytes`,
    );
  }
  const wall = (list: readonly Run[]): number => median(list.map((one) => one.wall));
  const peak = (list: readonly Run[]): number => median(list.map((one) => one.peak));
  return [
    figure(part, `${count.toLocaleString('en-US')} pods, of kubectl's time`, wall(runs.kdeck) / wall(runs.kubectl), 'x', {
      target: 0.4,
      of: `${wall(runs.kdeck).toFixed(0)} of ${wall(runs.kubectl).toFixed(0)} ms`,
    }),
    figure(part, `${count.toLocaleString('en-US')} pods, of kubectl's memory`, peak(runs.kdeck) / peak(runs.kubectl), 'x', {
      target: 0.25,
      of: `${peak(runs.kdeck).toFixed(0)} of ${peak(runs.kubectl).toFixed(0)} MiB`,
    }),
  ];
};
