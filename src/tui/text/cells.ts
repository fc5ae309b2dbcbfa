// Long lines broken into screen lines.
import {cutEnd, widthOf} from '../../base/text.ts';

/** Breaks a line at blanks into lines of at most `width` cells; a longer word is broken anywhere. */
export const wrap = (text: string, width: number): readonly string[] => {
  if (width <= 0 || widthOf(text) <= width) return [text];
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/(?<= )/)) {
    if (widthOf(line + word.trimEnd()) <= width) {
      line += word;
      continue;
    }
    if (line.trim() !== '') lines.push(line.trimEnd());
    line = word;
    while (widthOf(line.trimEnd()) > width) {
      const piece = cutEnd(line, width);
      if (piece === '') break;
      lines.push(piece);
      line = line.slice(piece.length);
    }
  }
  if (line.trim() !== '' || lines.length === 0) lines.push(line.trimEnd());
  return lines;
};

/** Breaks a line into pieces of exactly `width` cells, keeping every character; for code and logs. */
export const chop = (text: string, width: number): readonly string[] => {
  if (width <= 0 || widthOf(text) <= width) return [text];
  const pieces: string[] = [];
  for (let rest = text; rest !== '';) {
    const piece = cutEnd(rest, width) || [...rest][0] || rest;
    pieces.push(piece);
    rest = rest.slice(piece.length);
  }
  return pieces;
};
