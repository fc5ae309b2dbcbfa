// `kdeck info`: versions and places, for bug reports and for finding one's files.
import {pathsFor} from '../../config/paths.ts';
import {kubeconfigFiles} from '../../operations/kubeconfig.ts';
import type {CliHost} from '../main.ts';

declare const KDECK_VERSION: string | undefined;

/** Prints what kdeck is and where it keeps its files. */
export const printInfo = async (host: CliHost, output: 'json' | undefined): Promise<number> => {
  const {config, keys, themes, plugins, state, logs} = pathsFor(host.env);
  const info = {
    version: typeof KDECK_VERSION === 'string' ? KDECK_VERSION : 'unbuilt',
    kubectl: 'v1.36.3',
    node: process.version,
    platform: `${process.platform}/${process.arch}`,
    kubeconfig: kubeconfigFiles({}, host.env).files,
    config,
    keys,
    themes,
    plugins,
    state,
    logs,
  };
  if (output === 'json') {
    host.streams.stdout.write(`${JSON.stringify(info, undefined, 2)}\n`);
    return 0;
  }
  const width = Math.max(...Object.keys(info).map((key) => key.length)) + 3;
  for (const [key, value] of Object.entries(info)) {
    host.streams.stdout.write(`${key.padEnd(width)}${Array.isArray(value) ? value.join(', ') : String(value)}\n`);
  }
  return 0;
};
