// docs/performance.md: the figures of one whole run, with the machine, the command, and what each of them means.
import {join} from 'node:path';
import type {Figure} from './figures.ts';
import {numberOf} from './figures.ts';
import type {Machine} from './machine.ts';
import {root} from './program.ts';

const introduction = ({processor, cores, memoryGiB, kernel, node, commit, loadBefore}: Machine): string => `# Performance

What \`npm run bench -- --write\` measured at commit ${commit}, with nothing else to do on the machine (load ${loadBefore.join(', ')} before
it began): ${processor}, ${cores} cores, ${memoryGiB} GiB, Linux ${kernel}, Node.js ${node}. The API servers are genuine ones of Kubernetes 1.36 on the same
machine, so they take their share of the two cores. Run it yourself: it starts them, needs about ten minutes, and prints this table.

Times of commands are medians of 20 runs in turns with kubectl of the same version; only the ratio says something about another
machine. The starts of the TUI are whole starts in a pseudo-terminal, from the first instruction to the bytes on the screen. The
pods are of 4.6 KB each. "Either this or the time" means: the target is 3 s, or 1.6 times what the same list takes when nothing is
done with it.
`;

const heading = (part: string): string =>
  ({
    'start-up': 'Start-up, beside kubectl',
    frames: 'Frames at 200×50 over 50,000 pods',
    'get pods -A': '`get pods -A` with 50,000 pods, beside kubectl',
  })[part] ?? `The pod table with ${part}`;

/** The page. Figures stand in the order they were measured in. */
export const reportOf = async (on: Machine, figures: readonly Figure[]): Promise<string> => {
  const parts = Map.groupBy(figures, ({part}) => part);
  const tables = [...parts].map(([part, rows]) => {
    const lines = rows.map(({what, value, unit, target, met, of = ''}) => {
      const words = unit === '' ? '' : ` ${unit}`;
      const wanted = target === undefined ? '' : `≤ ${numberOf(target)}${words}${met === true ? '' : ' **missed**'}`;
      return `| ${what} | ${numberOf(value)}${words} | ${wanted} | ${of} |`;
    });
    return `## ${heading(part)}\n\n| figure | value | target | made of |\n| --- | ---: | ---: | --- |\n${lines.join('\n')}\n`;
  });
  const {format, resolveConfig} = await import('prettier');
  const path = join(root, 'docs/performance.md');
  return format([introduction(on), ...tables].join('\n'), {...(await resolveConfig(path)), filepath: path});
};
