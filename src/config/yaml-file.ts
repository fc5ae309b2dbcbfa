// Reads one YAML file of the user with line numbers, so that a problem can say where it is. Never writes.
import {readFile} from 'node:fs/promises';

/** A parsed file: its value, problems of its syntax, and the line (from 1) a path of keys stands on. */
export type YamlFile = {
  readonly value: unknown;
  readonly problems: readonly {readonly line: number; readonly says: string}[];
  readonly lineOf: (path: readonly string[]) => number;
};

/** Undefined when the file does not exist. Other read errors are a problem of the file, not an exception. */
export const readYamlFile = async (path: string): Promise<YamlFile | undefined> => {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    return {value: undefined, problems: [{line: 1, says: `cannot be read: ${(error as Error).message}`}], lineOf: () => 1};
  }
  const {LineCounter, parseDocument, isMap} = await import('../base/yaml-library.ts');
  const counter = new LineCounter();
  const document = parseDocument(text, {lineCounter: counter, prettyErrors: false});
  const problems = document.errors.map((error) => ({line: counter.linePos(error.pos[0]).line, says: error.message}));
  const lineOf = (keys: readonly string[]): number => {
    let node: unknown = document.contents;
    let line = 1;
    for (const key of keys) {
      if (!isMap(node)) break;
      const pair = node.items.find((item) => String((item.key as {value?: unknown} | null)?.value ?? item.key) === key);
      const range = (pair?.key as {range?: readonly number[]} | undefined)?.range;
      if (pair === undefined) break;
      if (range?.[0] !== undefined) line = counter.linePos(range[0]).line;
      node = pair.value;
    }
    return line;
  };
  return {value: problems.length > 0 ? undefined : (document.toJS() as unknown), problems, lineOf};
};
