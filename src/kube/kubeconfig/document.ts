// A kubeconfig as an editable YAML document: changes touch only the nodes that differ, so that comments survive.
import {isDeepStrictEqual} from 'node:util';
import {isMap, parseDocument as parseYaml, visit, type Document, type Node, type YAMLMap} from 'yaml';
import {configError} from './config-error.ts';

// What kubectl writes into a file that did not exist.
const SKELETON = 'apiVersion: v1\nclusters: null\ncontexts: null\ncurrent-context: ""\nkind: Config\nusers: null\n';

// YAML types that Go does not read into a kubeconfig, and that plain values must not turn into.
const UNWANTED = new Set(['omap', 'pairs', 'set', 'timestamp', 'binary'].map((name) => `tag:yaml.org,2002:${name}`));

/** The document of a file's text; an empty file becomes an empty kubeconfig. */
export const parseDocument = (text: string, file: string): Document => {
  const document = parseYaml(text.trim() === '' ? SKELETON : text, {
    // kubectl reads YAML 1.1, so `yes` and `007` must be quoted when they are text.
    version: '1.1',
    uniqueKeys: false,
    customTags: (tags) => tags.filter((tag) => typeof tag === 'string' || !UNWANTED.has(tag.tag)),
  });
  const problem = document.errors[0];
  if (problem !== undefined) {
    throw configError(
      'KD-CONFIG-UNREADABLE',
      `error loading config file "${file}": yaml: ${problem.message.split('\n')[0] ?? ''}`,
      [],
      problem,
    );
  }
  if (!isMap(document.contents)) throw configError('KD-CONFIG-UNREADABLE', `error loading config file "${file}": not a kubeconfig`);
  return document;
};

/** The text of a changed document, in the manner of the text it was read from. */
export const documentText = (document: Document, before: string): string => {
  if (/^\s*\{/.test(before) && isJson(before)) return `${JSON.stringify(document.toJS(), null, 2)}\n`;
  return document.toString({
    lineWidth: 0,
    nullStr: 'null',
    indentSeq: /^[\w-]+:[^\n]*\n +-/m.test(before),
    flowCollectionPadding: !/\{\S/.test(before),
  });
};

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/** Writes the difference of two plain values below `path` of a map. Lists are replaced whole. */
export const applyChange = (document: Document, root: YAMLMap, path: readonly string[], before: unknown, after: unknown): void => {
  if (isDeepStrictEqual(before, after)) return;
  if (!isRecord(before) || !isRecord(after) || !isMap(root.getIn(path))) {
    root.setIn(path, quotedWhereGoWouldCount(document.createNode(after)));
    return;
  }
  for (const key of Object.keys(before)) if (!(key in after) || after[key] === undefined) root.deleteIn([...path, key]);
  for (const [key, value] of Object.entries(after)) {
    if (value !== undefined) applyChange(document, root, [...path, key], before[key], value);
  }
};

// The library takes 0o7 for text even in YAML 1.1, Go for a number.
const quotedWhereGoWouldCount = (node: Node): Node => {
  visit(node, {
    Scalar: (_key, scalar) => {
      if (typeof scalar.value === 'string' && /^[-+]?0o/.test(scalar.value)) scalar.type = 'QUOTE_DOUBLE';
    },
  });
  return node;
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
