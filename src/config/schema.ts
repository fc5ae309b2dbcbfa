// What may stand in config.yaml, as data: the checker, the generated reference and the defaults all read this one table.

/** The shape of one setting. */
export type Setting =
  | {readonly type: 'switch'; readonly default: boolean; readonly summary: string}
  | {readonly type: 'text'; readonly default: string; readonly summary: string}
  | {readonly type: 'choice'; readonly options: readonly string[]; readonly default: string; readonly summary: string}
  | {readonly type: 'number'; readonly min: number; readonly max: number; readonly default: number; readonly summary: string}
  | {readonly type: 'texts'; readonly default: readonly string[]; readonly summary: string}
  | {readonly type: 'group'; readonly summary: string; readonly fields: Readonly<Record<string, Setting>>}
  /** A map from patterns the user chooses to one shape each. */
  | {readonly type: 'patterns'; readonly summary: string; readonly fields: Readonly<Record<string, Setting>>};

const readonly: Setting = {
  type: 'switch',
  default: false,
  summary: 'Refuse every request that would change the cluster, exec and attach included.',
};
const namespaces: Setting = {
  type: 'texts',
  default: [],
  summary: 'Namespaces to look at when the cluster does not let you list them all.',
};

/** Every setting of config.yaml by name. */
export const schema = {
  theme: {type: 'text', default: 'auto', summary: 'Theme name, or `auto` for dark or light by the background of the terminal.'},
  glyphs: {
    type: 'choice',
    options: ['auto', 'unicode', 'ascii'],
    default: 'auto',
    summary: 'Which signs are drawn; `auto` follows the locale.',
  },
  mouse: {type: 'switch', default: true, summary: 'Let the mouse select rows and scroll.'},
  readonly,
  namespaces,
  watchGraceSeconds: {
    type: 'number',
    min: 0,
    max: 3600,
    default: 120,
    summary: 'How long a list stays live after its screen was left, in seconds.',
  },
  metricsSeconds: {
    type: 'number',
    min: 5,
    max: 3600,
    default: 15,
    summary: 'How often CPU and memory use are asked for, in seconds.',
  },
  logs: {
    type: 'group',
    summary: 'The log screen.',
    fields: {
      tail: {type: 'number', min: 1, max: 1_000_000, default: 500, summary: 'Lines to load when a log is opened.'},
      keep: {
        type: 'number',
        min: 100,
        max: 10_000_000,
        default: 50_000,
        summary: 'Lines kept in memory per screen; a mark shows where older ones went.',
      },
      wrap: {type: 'switch', default: false, summary: 'Wrap long lines.'},
      timestamps: {type: 'switch', default: false, summary: "Show the server's timestamps."},
    },
  },
  contexts: {
    type: 'patterns',
    summary: 'Settings for contexts whose name matches a pattern (`*` matches any text); the last match wins.',
    fields: {
      readonly,
      namespaces,
      theme: {type: 'text', default: '', summary: 'Theme while this context is open.'},
      label: {type: 'text', default: '', summary: 'A word shown beside the context name, such as PRODUCTION.'},
      tone: {type: 'choice', options: ['', 'ok', 'busy', 'warn', 'bad', 'idle'], default: '', summary: 'Tone of the header frame.'},
    },
  },
} as const satisfies Readonly<Record<string, Setting>>;

/** How a log screen opens: lines loaded, lines kept in memory, and how they are shown. */
export type LogSettings = {readonly tail: number; readonly keep: number; readonly wrap: boolean; readonly timestamps: boolean};

/** Settings of one context pattern. */
export type ContextConfig = {
  readonly readonly?: boolean;
  readonly namespaces?: readonly string[];
  readonly theme?: string;
  readonly label?: string;
  readonly tone?: string;
};

/** The whole configuration with defaults filled in. */
export type Config = {
  readonly theme: string;
  readonly glyphs: 'auto' | 'unicode' | 'ascii';
  readonly mouse: boolean;
  readonly readonly: boolean;
  readonly namespaces: readonly string[];
  readonly watchGraceSeconds: number;
  readonly metricsSeconds: number;
  readonly logs: LogSettings;
  readonly contexts: Readonly<Record<string, ContextConfig>>;
};

const defaultOf = (setting: Setting): unknown => {
  if (setting.type === 'patterns') return {};
  if (setting.type === 'group')
    return Object.fromEntries(Object.entries(setting.fields).map(([name, field]) => [name, defaultOf(field)]));
  return setting.default;
};

/** What applies when the user wrote nothing. */
export const defaults: Config = Object.fromEntries(
  Object.entries(schema).map(([name, setting]) => [name, defaultOf(setting)]),
) as Config;
