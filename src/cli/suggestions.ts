// Commands that a mistyped word may have meant, by cobra's rules.
import {childrenOf, verbIndex} from './verb-index.ts';

/** Edit distance, case ignored. */
const distance = (a: string, b: string): number => {
  const left = a.toLowerCase();
  const right = b.toLowerCase();
  let row = Array.from({length: right.length + 1}, (_, index) => index);
  for (let i = 1; i <= left.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= right.length; j += 1) {
      const swap = row[j - 1]! + (left[i - 1] === right[j - 1] ? 0 : 1);
      next.push(Math.min(swap, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[right.length]!;
};

/** cobra's `Did you mean this?` block, or nothing. */
export const suggestionText = (typed: string): string => {
  const fitting = childrenOf('').filter(
    (name) =>
      distance(typed, name) <= 2 ||
      name.toLowerCase().startsWith(typed.toLowerCase()) ||
      verbIndex[name]?.suggestFor?.some((word) => word.toLowerCase() === typed.toLowerCase()) === true,
  );
  return fitting.length === 0 ? '' : `\n\nDid you mean this?\n${fitting.map((name) => `\t${name}\n`).join('')}`;
};
