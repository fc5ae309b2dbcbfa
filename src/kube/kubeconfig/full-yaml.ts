// Any YAML, the way kubectl reads it; loaded only when the plain reader gave up.
import {NOT_RESOLVED, Schema, boolYaml11Tag, defineScalarTag, load, mapTag, mergeTag, nullYaml11Tag, seqTag, strTag} from 'js-yaml';

const INT = /^[-+]?(?:0b[01_]+|0o?[0-7_]+|0x[0-9a-fA-F_]+|0|[1-9][0-9_]*)$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;

// Go reads YAML 1.1 integers with octal 0644 and underscores, but leaves dates and 12:30:45 as text.
const int = defineScalarTag('tag:yaml.org,2002:int', {
  implicit: true,
  // Only for writing, which is done elsewhere.
  identify: () => false,
  implicitFirstChars: [...'-+0123456789'],
  resolve: (text: string) => {
    if (!INT.test(text)) return NOT_RESOLVED;
    const digits = text.replaceAll('_', '').replace(/^[-+]/, '');
    return (text.startsWith('-') ? -1 : 1) * Number(/^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits);
  },
});
const float = defineScalarTag('tag:yaml.org,2002:float', {
  implicit: true,
  // Only for writing, which is done elsewhere.
  identify: () => false,
  implicitFirstChars: [...'-+.0123456789'],
  resolve: (text: string) => {
    const digits = text.replaceAll('_', '');
    return FLOAT.test(digits) ? Number(digits) : NOT_RESOLVED;
  },
});
const schema = new Schema([strTag, seqTag, mapTag, nullYaml11Tag, boolYaml11Tag, int, float, mergeTag]);

/** The value of a YAML document; null for an empty one. Of duplicate keys the last wins, as in kubectl. */
export const readYaml = (text: string): unknown => {
  if (
    text
      .replace(/^\uFEFF/, '')
      .split('\n')
      .every((line) => /^\s*(?:#.*|---)?$/.test(line))
  )
    return null;
  try {
    return load(text.replace(/^\uFEFF/, ''), {schema, json: true});
  } catch (error) {
    const mark = (error as {mark?: {line?: number}; reason?: string}).mark;
    const reason = (error as {reason?: string}).reason ?? (error as Error).message;
    throw new Error(mark?.line === undefined ? `yaml: ${reason}` : `yaml: line ${mark.line + 1}: ${reason}`, {cause: error});
  }
};
