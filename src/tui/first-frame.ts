// The first picture, written before Ink is loaded: a person sees where they are while the rest comes.
import type {Frame} from './session/frame.ts';

const enterAlternate = '\x1b[?1049h';
const leaveAlternate = '\x1b[?1049l';
const hideCursor = '\x1b[?25l';
const showCursor = '\x1b[?25h';
// Terminals that know these show everything between them at once.
const begin = '\x1b[?2026h';
const end = '\x1b[?2026l';
const home = '\x1b[H';
const eraseAll = '\x1b[2J';

/** A frame on a cleared alternate screen, as one write. */
export const firstFrame = ({lines}: Frame): string =>
  `${begin}${enterAlternate}${hideCursor}${home}${eraseAll}${lines.join('\r\n')}${home}${end}`;

/** What goes before Ink's first frame, so that it starts on an empty screen: Ink ends what begins here. */
export const makeRoom = `${begin}${home}${eraseAll}`;

/** Gives the screen back when Ink never came. */
export const leaveFirstFrame = `${leaveAlternate}${showCursor}`;
