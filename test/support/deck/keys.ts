// Chords as the bytes a terminal sends for them.

const named: Readonly<Record<string, string>> = {
  esc: '\x1b',
  enter: '\r',
  tab: '\t',
  space: ' ',
  backspace: '\x7f',
  delete: '\x1b[3~',
  home: '\x1b[H',
  end: '\x1b[F',
  pageup: '\x1b[5~',
  pagedown: '\x1b[6~',
  up: '\x1b[A',
  down: '\x1b[B',
  right: '\x1b[C',
  left: '\x1b[D',
  'shift+tab': '\x1b[Z',
  'ctrl+space': '\0',
  'ctrl+\\': '\x1c',
  f1: '\x1bOP',
};
const arrows: Readonly<Record<string, string>> = {up: 'A', down: 'B', right: 'C', left: 'D'};

/** Bytes of one chord. */
export const bytesOf = (chord: string): string => {
  const known = named[chord];
  if (known !== undefined) return known;
  const parts = chord === '+' ? ['+'] : chord.split('+');
  const key = parts.at(-1) ?? '';
  const has = (modifier: string): boolean => parts.slice(0, -1).includes(modifier);
  const arrow = arrows[key];
  if (arrow !== undefined) return `\x1b[1;${1 + (has('shift') ? 1 : 0) + (has('alt') ? 2 : 0) + (has('ctrl') ? 4 : 0)}${arrow}`;
  if (has('ctrl')) return String.fromCharCode(key.toUpperCase().charCodeAt(0) & 0x1f);
  if (has('alt')) return `\x1b${has('shift') ? key.toUpperCase() : key}`;
  return has('shift') ? key.toUpperCase() : key;
};
