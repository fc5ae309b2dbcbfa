// Aligns what a describer wrote, block by block, as kubectl's describe does.
import type {DescribePaper} from '../resources/describe-writer.ts';
import {escapeTerminal} from '../base/terminal-escape.ts';
import {alignTabs, DESCRIBE_LAYOUT} from './tabwriter.ts';

/** The text of a described object. Blocks are aligned each on its own. */
export const describeText = (paper: Pick<DescribePaper, 'blocks'>): string =>
  paper.blocks.map((block) => alignTabs(escapeTerminal(block), DESCRIBE_LAYOUT)).join('');
