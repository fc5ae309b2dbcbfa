// The first pictures, written before Ink is loaded: a person sees where they are, and the first rows, while the rest comes.
import type {Frame} from './session/frame.ts';
import type {Session} from './session/session.ts';

const enterAlternate = '\x1b[?1049h';
const leaveAlternate = '\x1b[?1049l';
const hideCursor = '\x1b[?25l';
const showCursor = '\x1b[?25h';
// Terminals that know these show everything between them at once.
const begin = '\x1b[?2026h';
const end = '\x1b[?2026l';
const home = '\x1b[H';
const eraseAll = '\x1b[2J';

const whole = ({lines, panels}: Frame): string => {
  const over = panels.flatMap(({x, y, lines: rows}) => rows.map((row, index) => `\x1b[${y + index + 1};${x + 1}H${row}`));
  return `${home}${eraseAll}${lines.join('\r\n')}${over.join('')}${home}`;
};

/** A frame on a cleared alternate screen, as one write. */
export const firstFrame = (frame: Frame): string => `${begin}${enterAlternate}${hideCursor}${whole(frame)}${end}`;

/** Milliseconds Ink is held back while the first rows are still awaited. */
const rowsMayTake = 400;

/** Writes every frame whole until it is stopped; `rows` resolves with the first frame that shows any, or when they take too long. */
export const paintEarly = (
  session: Session,
  write: (text: string) => unknown,
): {readonly rows: Promise<void>; readonly stop: () => void} => {
  const {promise: rows, resolve} = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, rowsMayTake);
  let soon: NodeJS.Immediate | undefined;
  let painted = session.frame;
  const paint = (): void => {
    soon = undefined;
    if (session.frame === painted) return;
    painted = session.frame;
    write(`${begin}${whole(painted)}${end}`);
    if (session.hasRows) resolve();
  };
  const unsubscribe = session.subscribe(() => (soon ??= setImmediate(paint)));
  return {
    rows,
    stop: () => {
      clearTimeout(timer);
      clearImmediate(soon);
      unsubscribe();
      resolve();
    },
  };
};

/** What goes before Ink's first frame, so that it starts on an empty screen: Ink ends what begins here. */
export const makeRoom = `${begin}${home}${eraseAll}`;

/** Gives the screen back when Ink never came. */
export const leaveFirstFrame = `${leaveAlternate}${showCursor}`;
