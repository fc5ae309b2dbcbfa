// The build script, which is plain JavaScript for any Node, with the types the benchmarks need.
import type {Plugin} from 'esbuild';

type BuildScript = {
  readonly build: () => Promise<unknown>;
  readonly isBuilt: () => boolean;
  readonly bundlePlugins: () => Promise<Plugin[]>;
};

const SCRIPT: string = new URL('../../bin/dev/build.js', import.meta.url).href;

/** Loads the build script. */
export const buildScript = async (): Promise<BuildScript> => (await import(SCRIPT)) as BuildScript;
