// kubectl's PrefixWriter over a DescribeWriter: every write is indented, also those that continue a line.
import type {DescribeWriter} from '../../describe-writer.ts';

/** Writes text with two blanks a level in front of each call, which is where kubectl's odd indents come from. */
export type PrefixWriter = {
  /** Indents, then writes the text as it is. */
  write(level: number, text: string): void;
  /** Ends a line; at the top level without indent. */
  end(text: string): void;
};

/** A prefix writer, `indent` levels deep. */
export const prefixed = (out: DescribeWriter, indent = 0): PrefixWriter => ({
  write: (level, text) => out.raw('  '.repeat(level + indent) + text),
  end: (text) => out.raw(`${'  '.repeat(indent)}${text}\n`),
});
