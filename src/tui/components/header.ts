// The top line: where you are, as whom, on what, and whether what you see is fresh.
import type {Tone} from '../../resources/column.ts';
import type {App, Link} from '../session/app.ts';
import {forwardTone} from '../screens/forwards/forward-keeper.ts';
import type {Span} from '../text/line.ts';
import {drawLine, span, spansWidth} from '../text/line.ts';
import {cleanLine} from '../../base/text.ts';

/** Tone of each state of the connection. */
export const linkTone: Readonly<Record<Link['is'], Tone>> = {
  connecting: 'busy',
  loading: 'busy',
  live: 'ok',
  /** Live, but some namespaces may not be listed. */
  partial: 'warn',
  stale: 'warn',
  expired: 'bad',
  denied: 'bad',
  failed: 'bad',
  absent: 'idle',
};

const percent = (app: App): readonly Span[] => {
  const nodes = app.usage.nodes;
  if (nodes === undefined || nodes.size === 0) return [];
  let cpu = 0;
  let memory = 0;
  for (const use of nodes.values()) {
    cpu += use.cpu;
    memory += use.memory;
  }
  const cores = cpu >= 10_000 ? `${Math.round(cpu / 1000)}` : (cpu / 1000).toFixed(1);
  return [...label('cpu'), ...value(`${cores} cores`), ...label('mem'), ...value(`${(memory / 2 ** 30).toFixed(1)}Gi`)];
};

const label = (text: string): readonly Span[] => [span(`  ${text} `, 'header.label')];
const value = (text: string): readonly Span[] => [span(text, 'header.value')];

/** How many port-forwards run, in the tone of the worst. */
const forwardsOf = ({forwards}: App): readonly Span[] => {
  if (forwards.length === 0) return [];
  const tones = forwards.map(forwardTone);
  const tone = (['bad', 'warn', 'busy'] as const).find((each) => tones.includes(each)) ?? 'ok';
  return [span(`${forwards.length} ${forwards.length === 1 ? 'forward' : 'forwards'}  `, 'header', `tone.${tone}`)];
};

/** Draws the header. What is least needed goes first on a narrow terminal. */
export const header = (app: App, busy: boolean): string => {
  const {place, link, look} = app;
  const tone = linkTone[link.is];
  const fixed: readonly Span[] = [
    span(' ', 'header'),
    ...(place.tone === undefined ? [] : [span(`${look.glyphs.tone[place.tone]} `, 'header', `tone.${place.tone}`)]),
    span(cleanLine(place.context) || 'no context', 'header.context'),
    ...(place.label === undefined || place.label === '' ? [] : [span(' ', 'header'), span(` ${cleanLine(place.label)} `, 'badge')]),
  ];
  const right: readonly Span[] = [
    ...(place.readonly ? [span(' READ-ONLY ', 'badge'), span('  ', 'header')] : []),
    ...forwardsOf(app),
    ...(busy ? [span(`${look.glyphs.tone.busy} working  `, 'header', 'tone.busy')] : []),
    span(`${look.glyphs.tone[tone]} ${link.word} `, 'header', `tone.${tone}`),
  ];
  const optional: readonly (readonly Span[])[] = [
    place.cluster === '' || place.cluster === place.context ? [] : [...label('cluster'), ...value(cleanLine(place.cluster))],
    place.user === '' ? [] : [...label('user'), ...value(cleanLine(place.user))],
    app.serverVersion === undefined ? [] : [...label('k8s'), ...value(app.serverVersion)],
    percent(app),
    [...label('kdeck'), ...value(app.kdeckVersion)],
  ];
  const left = [...fixed];
  const room = app.size.columns - spansWidth(right) - 2;
  // In order of worth; a piece that does not fit is left out whole.
  for (const piece of [optional[2], optional[1], optional[0], optional[3], optional[4]]) {
    if (piece !== undefined && spansWidth(left) + spansWidth(piece) <= room) left.push(...piece);
  }
  return drawLine(look, app.size.columns, left, right, 'header');
};
