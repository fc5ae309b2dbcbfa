// The bottom line: the keys that matter here, from the registry, as many as fit. Each can be clicked.
import {showBinding} from '../../commands/chord.ts';
import type {App} from '../session/app.ts';
import type {Spot} from '../session/frame.ts';
import type {Span} from '../text/line.ts';
import {drawLine, span, spansWidth} from '../text/line.ts';
import {widthOf} from '../../base/text.ts';

/** Draws the hints; `steps` are keys of a sequence that is not finished. */
export const hintLine = (
  app: App,
  steps: readonly string[],
): {readonly line: string; readonly spots: readonly Omit<Spot, 'y'>[]} => {
  const {columns} = app.size;
  const pending = steps.length === 0 ? [] : [span(`${showBinding(steps.join(' '))} ${app.look.glyphs.more} `, 'chip')];
  const fixed = ['app.open-prompt', 'app.help'];
  // While a program has the keys, only what the screen itself listens to may be promised.
  const all = app.registry
    .hints(app.situation())
    .filter(({id}) => !app.captured || app.registry.get(id)?.command.when?.screen !== undefined);
  const last = all.filter(({id}) => fixed.includes(id));
  const pieces = (hint: {readonly key: string; readonly title: string}): readonly Span[] => [
    span(hint.key, 'hint.key'),
    span(` ${hint.title.toLowerCase()}`, 'hint.title'),
  ];
  const right = last.flatMap((hint, index) => [...(index === 0 ? [] : [span('  ')]), ...pieces(hint)]);
  const room = columns - spansWidth(right) - spansWidth(pending) - 4;
  const left: Span[] = [span(' ')];
  const spots: Omit<Spot, 'y'>[] = [];
  for (const hint of all) {
    if (fixed.includes(hint.id)) continue;
    const piece = pieces(hint);
    if (spansWidth(left) + spansWidth(piece) > room) break;
    spots.push({x: spansWidth(left), width: spansWidth(piece), command: hint.id});
    left.push(...piece, span('  '));
  }
  let x = columns - 1 - spansWidth(right);
  for (const hint of last) {
    const width = spansWidth(pieces(hint));
    spots.push({x, width, command: hint.id});
    x += width + widthOf('  ');
  }
  return {line: drawLine(app.look, columns, left, [...pending, ...right, span(' ')]), spots};
};
