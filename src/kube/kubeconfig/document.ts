// A kubeconfig as an editable YAML document: changes touch only the nodes that differ, so that comments survive.
import {isDeepStrictEqual} from 'node:util';
import {isMap, parseDocument as parseYaml, type Document, type YAMLMap} from 'yaml';
import {configError} from './config-error.ts';

// What kubectl writes into a file that did not exist.
const SKELETON = 'apiVersion: v1\nclusters: null\ncontexts: null\ncurrent-context: ""\nkind: Config\nusers: null\n';

/** The document of a file's text; an empty file becomes an empty kubeconfig. */
export const parseDocument = (text: string, file: string): Document => {
  const document = parseYaml(text.trim() === '' ? SKELETON : text, {version: '1.1', merge: true, uniqueKeys: false, keepSourceTokens: false});
  const problem = document.errors[0];
  if (problem !== undefined) {
    throw configError('KD-CONFIG-UNREADABLE', `error loading config file "${file}": yaml: ${problem.message.split('\n')[0] ?? ''}`, [], problem);
  }
  if (!isMap(document.contents)) throw configError('KD-CONFIG-UNREADABLE', `error loading config file "${file}": not a kubeconfig`);
  return document;
};

/** Writes the difference of two plain values below `path` of a map. Lists are replaced whole. */
export const applyChange = (document: Document, root: YAMLMap, path: readonly string[], before: unknown, after: unknown): void => {
  if (isDeepStrictEqual(before, after)) return;
  if (!isRecord(before) || !isRecord(after) || !isMap(root.getIn(path))) {
    root.setIn(path, document.createNode(after));
    return;
  }
  for (const key of Object.keys(before)) if (!(key in after) || after[key] === undefined) root.deleteIn([...path, key]);
  for (const [key, value] of Object.entries(after)) {
    if (value !== undefined) applyChange(document, root, [...path, key], before[key], value);
  }
};

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
