// Splits a file or stream into objects as kubectl does: YAML documents between `---` lines, or JSON values one after another.
import {messageOf} from '../errors.ts';
import {readJson} from '../json/read.ts';
import {splitJson} from '../json/split.ts';
import {readYaml} from './read.ts';

/**
 * The documents of a text, one after the other; empty and `null` ones are left out. Throws at the first one it cannot read,
 * so what stood before it has been yielded already, as with kubectl.
 */
export function* readDocuments(source: string): Generator<unknown, void, undefined> {
  const text = source.replace(/^\ufeff/, '');
  let rest = text;
  if (/^\s*\{/.test(text)) {
    let count = 0;
    let failure: Error | undefined;
    while (rest.trim() !== '') {
      const piece = splitJson(rest, Buffer.byteLength(text.slice(0, text.length - rest.length)));
      if (typeof piece === 'string') {
        failure = new Error(piece);
        break;
      }
      const value = readJson(piece.text);
      if (value !== null) yield value;
      rest = piece.rest;
      count += 1;
    }
    if (failure === undefined) return;
    // After one JSON value the rest may still be YAML; after more it is JSON for certain.
    if (count > 1) throw new Error(failure.message.replace(/^json: offset \d+: /, ''));
    rest = rest.replace(/^[ \t\r]*\n/, '');
    try {
      yield* yamlDocuments(rest);
      return;
    } catch {
      throw failure;
    }
  }
  yield* yamlDocuments(rest);
}

function* yamlDocuments(text: string): Generator<unknown, void, undefined> {
  let chunk: string[] = [];
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  for (const line of lines) {
    if (!line.startsWith('---')) {
      chunk.push(line);
      continue;
    }
    const after = line.slice(3).trim();
    if (after !== '' && !after.startsWith('#')) throw new Error(`invalid Yaml document separator: ${after}`);
    // A separator before anything else belongs to the first document.
    if (chunk.length > 0) yield* documentOf(chunk);
    chunk = chunk.length > 0 ? [] : [line];
  }
  if (chunk.length > 0) yield* documentOf(chunk);
}

function* documentOf(chunk: readonly string[]): Generator<unknown, void, undefined> {
  let value: unknown;
  try {
    value = readYaml(`${chunk.join('\n')}\n`);
  } catch (error) {
    throw new Error(`error converting YAML to JSON: ${messageOf(error)}`, {cause: error});
  }
  if (value !== null && value !== undefined) yield value;
}
