// Loads config.yaml: the good settings over the defaults, and a sentence with a line number for each bad one.
import {checkConfig} from './check.ts';
import {defaults} from './schema.ts';
import type {Config, ContextConfig} from './schema.ts';
import {readYamlFile} from './yaml-file.ts';

/** The configuration in force, and what was wrong with the file; a bad file never stops kdeck. */
export type LoadedConfig = {readonly config: Config; readonly warnings: readonly string[]};

/** Reads the file at `path`; a missing file means defaults. */
export const loadConfig = async (path: string): Promise<LoadedConfig> => {
  const file = await readYamlFile(path);
  if (file === undefined) return {config: defaults, warnings: []};
  const {values, problems} = checkConfig(file.value);
  const warnings = [
    ...file.problems.map(({line, says}) => `${path}:${line}: ${says}`),
    ...problems.map(({path: keys, says}) => `${path}:${file.lineOf(keys)}: ${says}`),
  ];
  const given = values as Partial<Config>;
  return {config: {...defaults, ...given, logs: {...defaults.logs, ...given.logs}}, warnings};
};

const matches = (pattern: string, name: string): boolean => {
  const parts = pattern.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join('.*')}$`).test(name);
};

/** Settings for one context: every matching pattern in file order, later ones over earlier. Read-only once is read-only. */
export const contextConfig = (config: Config, context: string): Required<ContextConfig> => {
  const merged = {readonly: config.readonly, namespaces: config.namespaces, theme: '', label: '', tone: ''};
  for (const [pattern, settings] of Object.entries(config.contexts)) {
    if (!matches(pattern, context)) continue;
    Object.assign(merged, settings, {readonly: settings.readonly ?? merged.readonly});
  }
  return {...merged, readonly: merged.readonly || config.readonly};
};
