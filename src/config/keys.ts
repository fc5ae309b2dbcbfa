// Loads keys.yaml: which chords run which command, by command id. `-chord` takes a default key away.
import {readYamlFile} from './yaml-file.ts';

/** The user's wishes for one command: chords to add, chords to take away, or all of its defaults away. */
export type KeyChange = {readonly add: readonly string[]; readonly remove: readonly string[]; readonly removeAll: boolean};

/** Changes by command id, and what was wrong with the file. */
export type LoadedKeys = {readonly changes: Readonly<Record<string, KeyChange>>; readonly warnings: readonly string[]};

/**
 * Reads the file at `path`. `list.sort-by-age: shift+a` binds, a list binds several, `"-shift+a"` takes one away,
 * `none` takes all defaults away. A missing file changes nothing.
 */
export const loadKeys = async (path: string): Promise<LoadedKeys> => {
  const file = await readYamlFile(path);
  if (file === undefined) return {changes: {}, warnings: []};
  const warnings = file.problems.map(({line, says}) => `${path}:${line}: ${says}`);
  const changes: Record<string, KeyChange> = {};
  if (typeof file.value === 'object' && file.value !== null && !Array.isArray(file.value)) {
    for (const [id, value] of Object.entries(file.value)) {
      const words = Array.isArray(value) ? value : [value];
      if (!words.every((word) => typeof word === 'string' && word !== '')) {
        warnings.push(`${path}:${file.lineOf([id])}: \`${id}\` must be a key such as ctrl+k, a list of keys, or none`);
        continue;
      }
      const chords = words as string[];
      changes[id] = {
        add: chords.filter((chord) => chord !== 'none' && (!chord.startsWith('-') || chord === '-')),
        remove: chords.filter((chord) => chord.startsWith('-') && chord !== '-').map((chord) => chord.slice(1)),
        removeAll: chords.includes('none'),
      };
    }
  } else if (file.value !== null && file.value !== undefined)
    warnings.push(`${path}:1: the file must be a map from command ids to keys`);
  return {changes, warnings};
};
