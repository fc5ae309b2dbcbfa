// Chords as text: `ctrl+d`, `shift+f`, `f5`, `space`. One spelling per key, whatever the user or the terminal wrote.

const modifiers = ['ctrl', 'alt', 'shift'] as const;

/** Other words people use for the same key. */
const otherNames: Readonly<Record<string, string>> = {
  escape: 'esc',
  return: 'enter',
  cr: 'enter',
  ' ': 'space',
  spacebar: 'space',
  del: 'delete',
  ins: 'insert',
  bs: 'backspace',
  pgup: 'pageup',
  pgdn: 'pagedown',
  pgdown: 'pagedown',
  arrowup: 'up',
  arrowdown: 'down',
  arrowleft: 'left',
  arrowright: 'right',
  plus: '+',
  minus: '-',
  control: 'ctrl',
  meta: 'alt',
  option: 'alt',
};

const named = new Set([
  'esc',
  'enter',
  'space',
  'tab',
  'backspace',
  'delete',
  'insert',
  'home',
  'end',
  'pageup',
  'pagedown',
  'up',
  'down',
  'left',
  'right',
]);

const isKey = (key: string): boolean => named.has(key) || /^f([1-9]|1[0-9]|2[0-4])$/.test(key) || [...key].length === 1;

/** The one spelling of a chord, or undefined when it names no key. `F` is `shift+f`; `shift+1` stays as it is. */
export const normaliseChord = (text: string): string | undefined => {
  const found = new Set<string>();
  let rest = text.length === 1 ? text : text.trim();
  for (;;) {
    const plus = rest.indexOf('+');
    if (plus <= 0 || plus === rest.length - 1) break;
    const word = rest.slice(0, plus).toLowerCase();
    const modifier = otherNames[word] ?? word;
    if (!(modifiers as readonly string[]).includes(modifier)) return undefined;
    found.add(modifier);
    rest = rest.slice(plus + 1);
  }
  let key = rest;
  if (/^[A-Z]$/.test(key)) {
    key = key.toLowerCase();
    if (!found.has('ctrl')) found.add('shift');
  }
  if ([...key].length > 1 || key === ' ') {
    key = key.toLowerCase();
    key = otherNames[key] ?? key;
  }
  if (!isKey(key)) return undefined;
  return [...modifiers.filter((modifier) => found.has(modifier)), key].join('+');
};

/** The steps of a binding: `g g` has two. Undefined when a step names no key. */
export const parseBinding = (text: string): readonly string[] | undefined => {
  const steps = text === ' ' ? ['space'] : text.trim().split(/\s+/).map(normaliseChord);
  return steps.every((step) => step !== undefined && step !== '') ? (steps as string[]) : undefined;
};

const shown: Readonly<Record<string, string>> = {pageup: 'pgup', pagedown: 'pgdn', backspace: 'bksp'};

/** A binding as people read it in hints: `^d`, `F`, `g g`, `esc`. */
export const showBinding = (binding: string): string =>
  binding
    .split(' ')
    .map((step) => {
      const parts = step === '+' || step.endsWith('++') ? [...step.slice(0, -2).split('+').filter(Boolean), '+'] : step.split('+');
      const key = parts.pop() ?? '';
      if (parts.length === 0) return shown[key] ?? key;
      if (parts.length === 1 && parts[0] === 'shift' && /^[a-z]$/.test(key)) return key.toUpperCase();
      const prefix = parts.map((part) => (part === 'ctrl' ? '^' : `${part}-`)).join('');
      return `${prefix}${shown[key] ?? key}`;
    })
    .join(' ');
