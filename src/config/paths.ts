// Where kdeck's own files live: config is the user's and only read, state is ours and only a convenience.
import {homedir} from 'node:os';
import {join} from 'node:path';

type Env = Readonly<Record<string, string | undefined>>;

const xdg = (env: Env, name: string, fallback: readonly string[]): string => {
  const value = env[name];
  // The XDG specification says relative paths are invalid and must be ignored.
  return value?.startsWith('/') ? value : join(env['HOME'] ?? homedir(), ...fallback);
};

/** Files and folders of kdeck for a given environment. */
export type Paths = {
  readonly config: string;
  readonly keys: string;
  readonly themes: string;
  readonly plugins: string;
  readonly state: string;
  readonly logs: string;
};

/** `$XDG_CONFIG_HOME/kdeck` and `$XDG_STATE_HOME/kdeck`, with their usual defaults. */
export const pathsFor = (env: Env): Paths => {
  const config = join(xdg(env, 'XDG_CONFIG_HOME', ['.config']), 'kdeck');
  const state = join(xdg(env, 'XDG_STATE_HOME', ['.local', 'state']), 'kdeck');
  return {
    config: join(config, 'config.yaml'),
    keys: join(config, 'keys.yaml'),
    themes: join(config, 'themes'),
    plugins: join(config, 'plugins'),
    state: join(state, 'state.json'),
    logs: join(state, 'logs'),
  };
};
