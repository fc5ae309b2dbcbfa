// The second line: the way here on the left, what the screen says about itself on the right.
import type {App} from '../session/app.ts';
import type {Span} from '../text/line.ts';
import {cutSpans, drawLine, span, spansWidth} from '../text/line.ts';
import {shortenMiddle} from '../../base/text.ts';

/** `all namespaces`, `shop`, `shop, web` or `4 namespaces`. */
export const namespacesText = (namespaces: readonly string[] | 'all'): string => {
  if (namespaces === 'all') return 'all namespaces';
  return namespaces.length <= 2 ? namespaces.join(', ') : `${namespaces.length} namespaces`;
};

/** Draws the breadcrumb: old steps shorten first. */
export const breadcrumb = (app: App, crumbs: readonly string[], status: readonly Span[]): string => {
  const {columns} = app.size;
  const {glyphs} = app.look;
  const right = status.length === 0 ? [] : [...cutSpans(status, Math.floor(columns * 0.6)), span(' ')];
  const room = columns - spansWidth(right) - 2;
  const between = ` ${glyphs.crumb} `;
  const draw = (steps: readonly string[]): Span[] =>
    steps.flatMap((step, index) => [
      ...(index === 0 ? [] : [span(between, 'crumb')]),
      index === steps.length - 1 ? span(step, 'crumb.last') : span(step, 'crumb'),
    ]);
  let steps = crumbs;
  if (spansWidth(draw(steps)) > room)
    steps = steps.map((step, index) => (index === steps.length - 1 ? step : shortenMiddle(step, 14, glyphs.more)));
  while (steps.length > 2 && spansWidth(draw(steps)) > room) steps = [glyphs.more, ...steps.slice(2)];
  if (spansWidth(draw(steps)) > room)
    steps = [
      ...steps.slice(0, -1),
      shortenMiddle(steps.at(-1) ?? '', Math.max(8, room - spansWidth(draw(steps.slice(0, -1))) - 3), glyphs.more),
    ];
  return drawLine(app.look, columns, [span(' '), ...draw(steps)], right);
};
