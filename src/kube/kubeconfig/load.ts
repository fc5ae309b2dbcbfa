// Finds the kubeconfig files, and merges them as kubectl does: the first file that names a thing wins.
import {statSync} from 'node:fs';
import {homedir} from 'node:os';
import {delimiter, join} from 'node:path';
import {KdeckError} from '../../base/errors.ts';
import {configError} from './config-error.ts';
import {emptyKubeconfig, type Kubeconfig} from './model.ts';
import {readKubeconfigFile} from './read.ts';

/** The environment of the process, passed in so that tests need not touch the real one. */
export type Env = Readonly<Record<string, string | undefined>>;

/** Where kubeconfigs are looked for, in order. `explicit` comes from `--kubeconfig` and must exist. */
export type KubeconfigSources = {readonly files: readonly string[]; readonly explicit: boolean};

/** The files in question: `--kubeconfig`, else every path of KUBECONFIG once, else `~/.kube/config`. */
export const kubeconfigSources = (explicit: string | undefined, env: Env): KubeconfigSources => {
  if (explicit) return {files: [explicit], explicit: true};
  const listed = env['KUBECONFIG'] ?? '';
  if (listed !== '') return {files: [...new Set(listed.split(delimiter))].filter((file) => file !== ''), explicit: false};
  return {files: [join(env['HOME'] || homedir(), '.kube', 'config')], explicit: false};
};

/**
 * All sources merged; stanzas keep the file they came from, paths in them are as written. Missing files are skipped.
 * Throws a KdeckError for one file that cannot be read, an AggregateError of them for several.
 */
export const loadKubeconfig = async (sources: KubeconfigSources): Promise<Kubeconfig> => {
  const found: Kubeconfig[] = [];
  const problems: KdeckError[] = [];
  for (const file of sources.files) {
    try {
      const config = await readKubeconfigFile(file);
      if (config !== undefined) found.push(config);
      else if (sources.explicit) throw configError('KD-CONFIG-MISSING', `stat ${file}: no such file or directory`);
    } catch (error) {
      if (!(error instanceof KdeckError) || sources.files.length === 1) throw error;
      problems.push(error);
    }
  }
  if (problems.length === 1) throw problems[0] as KdeckError;
  if (problems.length > 1) throw new AggregateError(problems, problems.map(({message}) => message).join('\n'));
  return mergeKubeconfigs(found);
};

/** First come, first served, name by name; a second definition is ignored whole. */
export const mergeKubeconfigs = (configs: readonly Kubeconfig[]): Kubeconfig => {
  if (configs.length === 1 && configs[0] !== undefined) return configs[0];
  const merged = emptyKubeconfig();
  for (const config of configs) {
    addMissing(merged.clusters, config.clusters);
    addMissing(merged.users, config.users);
    addMissing(merged.contexts, config.contexts);
    addMissing(merged.extensions, config.extensions);
    if (merged.currentContext === '') merged.currentContext = config.currentContext;
  }
  return merged;
};

const addMissing = <T>(into: Map<string, T>, from: ReadonlyMap<string, T>): void => {
  for (const [name, value] of from) if (!into.has(name)) into.set(name, value);
};

/** The file that new stanzas and `current-context` go to: the first that exists, else the last of the list. */
export const defaultKubeconfigFile = (sources: KubeconfigSources): string => {
  const existing = sources.files.find((file) => statSync(file, {throwIfNoEntry: false}) !== undefined);
  return existing ?? sources.files.at(-1) ?? '';
};
