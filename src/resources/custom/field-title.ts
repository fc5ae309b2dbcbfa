// A field's name as a title: `creationTimestamp` is `Creation Timestamp`, `podCIDRs` is `Pod CIDRs`.

const ACRONYMS = new Set(['API', 'URL', 'UID', 'GUID']);

/** The title kubectl's generic describer gives a field. Names with more than letters and dashes stay as they are. */
export const fieldTitle = (field: string): string => {
  if (!/^[\p{L}-]*$/u.test(field)) return field;
  return mergeUpper(words(field))
    .map((word) => {
      if (ACRONYMS.has(word.toUpperCase())) return word.toUpperCase();
      return word.toLowerCase() === word ? word.charAt(0).toUpperCase() + word.slice(1) : word;
    })
    .join(' ');
};

/** Runs of lower case, upper case and other letters; the last capital of a run belongs to the word it begins. */
const words = (text: string): readonly string[] => {
  const runs = text.match(/\p{Ll}+|\p{Lu}+|[^\p{Ll}\p{Lu}]+/gu) ?? [];
  for (let index = 0; index < runs.length - 1; index += 1) {
    const run = runs[index] ?? '';
    const next = runs[index + 1] ?? '';
    if (/^\p{Lu}/u.test(run) && /^\p{Ll}/u.test(next)) {
      runs[index] = run.slice(0, -1);
      runs[index + 1] = run.slice(-1) + next;
    }
  }
  return runs.filter((run) => run !== '');
};

/** Joins capitals that the split tore from what follows: `CID` and `Rs`. */
const mergeUpper = (parts: readonly string[]): readonly string[] => {
  const merged: string[] = [];
  for (let index = 0; index < parts.length; index += 1) {
    const part = parts[index] ?? '';
    const next = parts[index + 1];
    if (next !== undefined && part.length >= 2 && !/\p{Ll}/u.test(part) && /^\p{Lu}/u.test(next)) {
      merged.push(part + next);
      index += 1;
    } else {
      merged.push(part);
    }
  }
  return merged;
};
