// Text that came from a cluster is data: it must never reach the terminal as a command.

const KUBECTL = /[\u001b\r]/;
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u200e\u200f]/;
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u200e\u200f]/g;

/** kubectl's escape in tables and describe: ESC becomes `^[`, a carriage return `\r`. */
export const escapeTerminal = (text: string): string =>
  KUBECTL.test(text) ? text.replaceAll('\u001b', '^[').replaceAll('\r', '\\r') : text;

/**
 * The TUI's stricter flavour for one line of a screen: every control character is shown (`^[`, `^G`), a tab becomes a blank,
 * a line break `⏎`, and marks that turn the reading direction are dropped.
 */
export const sanitizeLine = (text: string, newline = '⏎'): string =>
  CONTROL.test(text) ? text.replace(CONTROLS, (char) => shown(char, newline)) : text;

const shown = (char: string, newline: string): string => {
  const code = char.charCodeAt(0);
  if (char === '\t') return ' ';
  if (char === '\n') return newline;
  if (code < 0x20) return `^${String.fromCharCode(code + 64)}`;
  if (code === 0x7f) return '^?';
  return '';
};
