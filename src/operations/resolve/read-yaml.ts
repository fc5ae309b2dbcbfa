// Any YAML as kubectl reads it: YAML 1.1 words, Go's numbers, the last of duplicate keys. Loaded only when a manifest is YAML.
import {defineScalarTag, load, mapTag, mergeTag, NOT_RESOLVED, Schema, seqTag, strTag} from 'js-yaml';
import {resolvePlain} from '../../base/yaml/resolve.ts';

const plainTag = (tag: 'null' | 'bool' | 'int' | 'float') =>
  defineScalarTag(`tag:yaml.org,2002:${tag}`, {
    implicit: true,
    // Only reading is asked for; `identify` serves writing.
    identify: () => false,
    resolve: (text: string) => {
      const resolved = resolvePlain(text);
      return resolved.tag === tag ? resolved.value : NOT_RESOLVED;
    },
  });

const schema = new Schema([strTag, seqTag, mapTag, plainTag('null'), plainTag('bool'), plainTag('int'), plainTag('float'), mergeTag]);

/** The value of one YAML document; null for an empty one. Throws `yaml: line 3: …`. */
export const readYaml = (text: string): unknown => {
  if (/^(?:\s|#[^\n]*(?:\n|$))*$/.test(text)) return null;
  try {
    return load(text, {schema, json: true});
  } catch (error) {
    const {mark, reason} = error as {mark?: {line?: number}; reason?: string};
    const words = goReason(reason ?? (error as Error).message);
    throw new Error(mark?.line === undefined ? `yaml: ${words}` : `yaml: line ${mark.line + lineShift(words)}: ${words}`, {cause: error});
  }
};

// js-yaml and Go name the same mistakes differently.
const goReason = (reason: string): string => {
  if (/bad indentation of a mapping entry|multiline key may not be an implicit key|end of the stream or a document separator is expected/.test(reason)) {
    return 'mapping values are not allowed in this context';
  }
  if (/tab characters must not be used|found character that cannot start any token/.test(reason)) return 'found character that cannot start any token';
  if (/unexpected end of the stream within a (?:double|single) quoted scalar/.test(reason)) return 'found unexpected end of stream';
  if (/bad indentation of a sequence entry/.test(reason)) return "did not find expected '-' indicator";
  if (/missed comma between flow collection entries/.test(reason)) return "did not find expected ',' or '}'";
  return reason;
};

// Go's scanner counts lines from one, its parser from zero.
const lineShift = (words: string): number => (words.startsWith('did not find expected') ? 0 : 1);
