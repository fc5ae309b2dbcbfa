// A terminal's screen as a PNG: for people who judge the look, and for pictures in the documents.
import {writeFileSync} from 'node:fs';
import {Resvg} from '@resvg/resvg-js';
import type {Cell, FakeTerminal} from '../terminal/fake-terminal.ts';

const cellWidth = 9;
const cellHeight = 19;
const baseline = 14.5;
const margin = 10;

const backgrounds = {dark: {bg: '#11151b', fg: '#d5dbe3'}, light: {bg: '#fbfcfd', fg: '#1c232b'}} as const;

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

type Shown = {readonly fg: string; readonly bg: string | undefined; readonly cell: Cell};

/** Signs many fonts lack, drawn as shapes so that pictures look alike everywhere. */
const shape = (text: string, x: number, y: number, fill: string): string | undefined => {
  switch (text) {
    case '▌':
      return `<rect x="${x}" y="${y}" width="${cellWidth / 2}" height="${cellHeight}" fill="${fill}"/>`;
    case '─':
      return `<rect x="${x}" y="${y + 9}" width="${cellWidth}" height="1.2" fill="${fill}"/>`;
    case '│':
      return `<rect x="${x + 4}" y="${y}" width="1.2" height="${cellHeight}" fill="${fill}"/>`;
    default:
      return undefined;
  }
};

/** The screen as SVG. */
export const svgOf = (terminal: FakeTerminal, ground: 'dark' | 'light' = 'dark'): string => {
  const {bg: background, fg: foreground} = backgrounds[ground];
  const width = terminal.columns * cellWidth + 2 * margin;
  const height = terminal.rows * cellHeight + 2 * margin;
  const rects: string[] = [];
  const texts: string[] = [];
  for (let row = 0; row < terminal.rows; row++) {
    const y = margin + row * cellHeight;
    const shown = terminal.cells(row).map((cell): Shown => {
      const fg = cell.fg ?? foreground;
      return cell.inverse ? {fg: cell.bg ?? background, bg: fg, cell} : {fg, bg: cell.bg, cell};
    });
    for (const [column, {fg, bg, cell}] of shown.entries()) {
      const x = margin + column * cellWidth;
      if (bg !== undefined)
        rects.push(
          `<rect x="${x}" y="${y}" width="${cellWidth * Math.max(1, cell.width) + 0.3}" height="${cellHeight + 0.3}" fill="${bg}"/>`,
        );
      if (cell.underline) rects.push(`<rect x="${x}" y="${y + baseline + 2}" width="${cellWidth}" height="1" fill="${fg}"/>`);
      if (cell.text.trim() === '') continue;
      const drawn = shape(cell.text, x, y, fg);
      const attributes = `${cell.bold ? ' font-weight="bold"' : ''}${cell.italic ? ' font-style="italic"' : ''}${cell.dim ? ' opacity="0.6"' : ''}`;
      texts.push(drawn ?? `<text x="${x}" y="${y + baseline}" fill="${fg}"${attributes}>${escape(cell.text)}</text>`);
    }
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="${background}"/><g>${rects.join('')}</g><g font-family="DejaVu Sans Mono" font-size="15" xml:space="preserve">${texts.join('')}</g></svg>`;
};

/** Writes the screen as a PNG. */
export const savePicture = (terminal: FakeTerminal, path: string, ground: 'dark' | 'light' = 'dark'): void => {
  const image = new Resvg(svgOf(terminal, ground), {
    font: {loadSystemFonts: true, defaultFontFamily: 'DejaVu Sans Mono', monospaceFamily: 'DejaVu Sans Mono'},
  }).render();
  writeFileSync(path, image.asPng());
};
