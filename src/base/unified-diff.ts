// The lines that differ between two texts, as a unified diff with its signs taken off. Loaded when a difference is shown.
import {structuredPatch} from 'diff';

/** A line of a unified diff without its sign: added, removed, the same in both, or the place of what follows. */
export type DiffLine = {readonly diff: '+' | '-' | ' ' | '@'; readonly text: string};

/** What has to change to make one text the other, with some lines around each place; empty when nothing does. */
export const unifiedDiff = (before: string, after: string, around = 2): readonly DiffLine[] =>
  structuredPatch('', '', before, after, '', '', {context: around}).hunks.flatMap((hunk): DiffLine[] => [
    {diff: '@', text: `@@ -${hunk.oldStart},${hunk.oldLines} +${hunk.newStart},${hunk.newLines} @@`},
    ...hunk.lines.flatMap((line): DiffLine[] => {
      const sign = line[0];
      return sign === '+' || sign === '-' || sign === ' ' ? [{diff: sign, text: line.slice(1)}] : [];
    }),
  ]);
