// How many colours the terminal shows, decided by us: CI variables say nothing about a terminal somebody looks at.

/** 0 no colour, 1 16 colours, 2 256 colours, 3 true colour: chalk's levels. */
export type Depth = 0 | 1 | 2 | 3;

/** Colours of the terminal by its environment. NO_COLOR wins; FORCE_COLOR=0 to 3 sets the level. */
export const colourDepth = (env: Readonly<Record<string, string | undefined>>): Depth => {
  if (env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '') return 0;
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined && /^[0-3]$/.test(forced)) return Number(forced) as Depth;
  if (/^(truecolor|24bit)$/i.test(env['COLORTERM'] ?? '') || env['WT_SESSION'] !== undefined) return 3;
  const term = env['TERM'] ?? '';
  if (term === 'dumb' || term === '') return 0;
  if (/-direct$|kitty|ghostty|alacritty|wezterm/.test(term)) return 3;
  if (/^(iTerm[.]app|WezTerm|vscode|ghostty)$/.test(env['TERM_PROGRAM'] ?? '')) return 3;
  return /256/.test(term) || env['TERM_PROGRAM'] === 'Apple_Terminal' ? 2 : 1;
};
