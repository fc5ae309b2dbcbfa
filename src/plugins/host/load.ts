// Loads the plugins kdeck ships with. A broken one is reported in a sentence and the others still load.
import {existsSync} from 'node:fs';
import {readdir} from 'node:fs/promises';
import {fileURLToPath, pathToFileURL} from 'node:url';
import {join} from 'node:path';
import {messageOf} from '../../base/errors.ts';
import type {Plugin} from '../api/index.ts';
import type {ContributionRegistry} from './registry.ts';

/**
 * Adds every bundled plugin to the registry; gives a sentence for each that could not be. `root` is kdeck's own folder:
 * built plugins stand in `dist/plugins`, their sources in `plugins`.
 */
export const loadBundledPlugins = async (registry: ContributionRegistry, root: URL): Promise<readonly string[]> => {
  const folder = fileURLToPath(root);
  const names = await readdir(join(folder, 'plugins')).catch((): string[] => []);
  const problems = await Promise.all(
    names.toSorted().map(async (name) => {
      const built = join(folder, 'dist', 'plugins', `${name}.js`);
      const file = existsSync(built) ? built : join(folder, 'plugins', name, 'index.ts');
      try {
        const {default: plugin} = (await import(pathToFileURL(file).href)) as {default: Plugin};
        registry.add(plugin, {layer: 'bundled', name: plugin.manifest.name});
        return [];
      } catch (error) {
        return [`the plugin ${name} could not be loaded: ${messageOf(error)}`];
      }
    }),
  );
  return problems.flat();
};
