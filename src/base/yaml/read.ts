// Reads one YAML document the way kubectl does. Loads js-yaml: import this lazily.
import {load, loadAll, YAMLException} from 'js-yaml';
import {KUBERNETES_SCHEMA} from './schema.ts';
import {yamlErrorText} from './syntax-error.ts';

const OPTIONS = {schema: KUBERNETES_SCHEMA, json: true, maxDepth: 10000, maxTotalMergeKeys: -1} as const;

/** The first document of a text, null when there is none. Throws `yaml: line N: …`. */
export const readYaml = (text: string): unknown => {
  try {
    return text.trim() === '' ? null : firstOf(text);
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    throw new Error(yamlErrorText({reason: error.reason, line: error.mark?.line ?? 0}, text), {cause: error});
  }
};

const firstOf = (text: string): unknown => {
  if (!/^(?:---|\.\.\.)/m.test(text) && !/^\s*#/.test(text)) return load(text, OPTIONS);
  return loadAll(text, OPTIONS)[0] ?? null;
};
