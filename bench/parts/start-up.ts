// How long commands take from their first instruction to their last, beside kubectl in turns; and the TUI's first frame.
import {spawnSync} from 'node:child_process';
import {setTimeout as wait} from 'node:timers/promises';
import {clusterFacts, runningCluster, stopCluster} from '../../test/support/cluster/harness.ts';
import type {ClusterFacts} from '../../test/support/cluster/harness.ts';
import {figure, median} from '../support/figures.ts';
import type {Figure} from '../support/figures.ts';
import type {Program} from '../support/program.ts';
import {Screen} from '../support/screen.ts';

const part = 'start-up';
const commands: readonly {readonly line: string; readonly target?: number}[] = [
  {line: 'version --client', target: 0.8},
  {line: 'get pods -n kube-system', target: 1.15},
  {line: 'get pods -A', target: 1.15},
  {line: 'get namespaces -o yaml'},
  {line: 'describe namespace kube-system'},
  {line: 'api-resources'},
];

type Spent = {readonly wall: number; readonly cpu: number};

/** bash keeps the time of what it ran: no event loop of ours is part of it. */
const once = (command: readonly string[], env: Record<string, string>): Spent => {
  const {status, stderr} = spawnSync('bash', ['-c', `TIMEFORMAT='%3R %3U %3S'; time "$@" > /dev/null`, 'bash', ...command], {
    env: {...env, LC_ALL: 'C'},
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${command.join(' ')} ended with ${String(status)}: ${stderr}`);
  const [wall = 0, user = 0, system = 0] = (stderr.trim().split('\n').at(-1) ?? '').split(' ').map((text) => Number(text) * 1000);
  return {wall, cpu: user + system};
};

/** Milliseconds from start to a screen with context, namespace and column titles. */
const firstFrame = async (
  program: Program,
  kubeconfig: string,
  context: string,
): Promise<{readonly screen: Screen; readonly ms: number}> => {
  const screen = new Screen([...program.kdeck, 'pods', '-n', 'kube-system'], program.env(kubeconfig));
  try {
    const ms = await screen.waits(
      'the first frame',
      (text) => text.includes(context) && text.includes('kube-system') && /NAME +.*READY +.*STATUS/.test(text),
    );
    return {screen, ms};
  } catch (error) {
    await screen.close();
    throw error;
  }
};

/** Measures on the test cluster; one that does not run yet is started for it. */
export const measure = async (program: Program, runs: number, say: (line: string) => void): Promise<readonly Figure[]> => {
  const running = clusterFacts();
  if (running !== undefined) return measureOn(running, program, runs, say);
  try {
    return await measureOn(await runningCluster(), program, runs, say);
  } finally {
    await stopCluster();
  }
};

const measureOn = async (
  facts: ClusterFacts,
  program: Program,
  runs: number,
  say: (line: string) => void,
): Promise<readonly Figure[]> => {
  const env = program.env(facts.kubeconfigs.admin);
  const figures: Figure[] = [];
  const ms = (list: readonly Spent[], key: keyof Spent): string => median(list.map((one) => one[key])).toFixed(0);
  for (const {line, target} of commands) {
    const words = line.split(' ');
    const turns = {kubectl: [facts.kubectl, ...words], kdeck: [...program.kdeck, ...words], node: [program.node, '-e', '0']};
    const spent: Record<keyof typeof turns, Spent[]> = {kubectl: [], kdeck: [], node: []};
    // Two rounds fill caches: discovery, compiled code.
    for (let round = -2; round < runs; round++) {
      for (const name of ['kubectl', 'kdeck', 'node'] as const) {
        const one = once(turns[name], env);
        if (round >= 0) spent[name].push(one);
      }
    }
    const ratio = median(spent.kdeck.map(({wall}) => wall)) / median(spent.kubectl.map(({wall}) => wall));
    const of = `${ms(spent.kdeck, 'wall')} ms of ${ms(spent.kubectl, 'wall')} ms; CPU ${ms(spent.kdeck, 'cpu')} of ${ms(spent.kubectl, 'cpu')}; node -e 0 ${ms(spent.node, 'wall')}`;
    figures.push(figure(part, `kdeck ${line}, of kubectl's time`, ratio, 'x', {of, ...(target === undefined ? {} : {target})}));
    say(`${line}: ${ratio.toFixed(2)} (${of})`);
  }
  const context = spawnSync(facts.kubectl, ['config', 'current-context'], {env, encoding: 'utf8'}).stdout.trim();
  const frames: number[] = [];
  for (let round = -1; round < runs; round++) {
    const {screen, ms: one} = await firstFrame(program, facts.kubeconfigs.admin, context);
    if (round >= 0) frames.push(one);
    // Every start is a user's: it ends as theirs do, after a moment, and the machine is quiet before the next one.
    await wait(500);
    await screen.quits();
  }
  figures.push(
    figure(part, 'TUI: context, namespace and column titles', median(frames), 'ms', {
      target: 120,
      of: `${Math.min(...frames).toFixed(0)} at best, ${runs} runs`,
    }),
  );
  return figures;
};
