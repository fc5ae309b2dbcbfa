// Dialogs in little room: scrolling, lists of choices, more fields than rows.
import {expect, test} from 'vitest';
import {createRegistry} from '../../commands/registry.ts';
import type {PreviewLine} from '../../resources/action.ts';
import type {App} from '../session/app.ts';
import type {Overlay} from '../session/overlay.ts';
import {glyphsFor} from '../theme/glyphs.ts';
import {createLook} from '../theme/look.ts';
import {loadTheme} from '../theme/theme.ts';
import {themeFolder} from '../../../test/support/deck/deck.ts';
import {dialog} from './dialog.ts';
import type {DialogOptions} from './dialog-form.ts';

const theme = await loadTheme('dark', [themeFolder]);
const appOf = (columns: number, rows: number): App =>
  ({
    size: {columns, rows},
    now: new Date(),
    look: createLook(theme, 0, glyphsFor('unicode', {})),
    registry: createRegistry([]),
  }) as unknown as App;

const plain = (overlay: Overlay, app: App): readonly string[] =>
  // eslint-disable-next-line no-control-regex
  (overlay.draw(app).panels?.[0]?.lines ?? []).map((line) => line.replaceAll(/\x1b\[[0-9;]*m/g, ''));

const presses = (overlay: Overlay, app: App, ...chords: readonly string[]): Overlay =>
  chords.reduce<Overlay>((at, chord) => at.input({type: 'key', chord}, app)[0] ?? at, overlay);

const diff = (count: number): readonly PreviewLine[] =>
  Array.from({length: count}, (_, index) => ({diff: index % 2 === 0 ? '-' : '+', text: `line ${index + 1}`}) as const);

const withRevisions = (more: Partial<DialogOptions> = {}): Overlay =>
  dialog({
    title: 'Roll back?',
    fieldsFirst: true,
    fields: {
      revision: {
        type: 'choice',
        label: 'Go back to',
        options: Array.from({length: 12}, (_, index) => `revision ${12 - index}`),
        initial: 'revision 12',
        notes: Array.from({length: 12}, (_, index) => `note ${12 - index}`),
      },
    },
    preview: ({revision}) => [`to ${String(revision)}`, ...diff(40)],
    confirm: 'Roll back',
    onConfirm: () => [],
    ...more,
  });

test.each([
  [80, 24],
  [60, 14],
  [200, 50],
])('fits into %dx%d, whatever it holds', (columns, rows) => {
  const app = appOf(columns, rows);
  const many = Object.fromEntries(
    Array.from({length: 30}, (_, index) => [`f${index}`, {type: 'text' as const, label: `field ${index}`}]),
  );
  const dialogs = [withRevisions(), withRevisions({fields: many, fieldsFirst: false, mustType: 'web', says: ['Look out.']})];
  for (const one of dialogs) {
    const lines = plain(one, app);
    expect(lines.length).toBeLessThanOrEqual(rows - 1);
    expect(new Set(lines.map((line) => line.length)).size).toBe(1);
    expect(lines.at(-2)).toContain('Roll back');
  }
});

test('scrolling stops at both ends', () => {
  const app = appOf(80, 24);
  const first = withRevisions();
  expect(plain(first, app).join('\n')).toContain('lines 1 to');
  const end = presses(first, app, ...Array.from({length: 30}, () => 'pagedown'));
  expect(plain(end, app).join('\n')).toContain('+line 40');
  // One step back is one step back, however often it was pressed at the end.
  expect(plain(presses(end, app, 'pageup'), app).join('\n')).not.toContain('+line 40');
  const top = presses(end, app, ...Array.from({length: 30}, () => 'pageup'));
  expect(plain(top, app)).toEqual(plain(first, app));
});

test('up and down choose in a list and stop at its ends; another choice starts at its top', () => {
  const app = appOf(80, 24);
  const scrolled = presses(withRevisions(), app, 'pagedown', 'down', 'down');
  const text = plain(scrolled, app).join('\n');
  expect(text).toContain('to revision 10');
  expect(text).toContain('→ revision 10  note 10');
  expect(text).toContain('(3 of 12)');
  const last = presses(scrolled, app, ...Array.from({length: 20}, () => 'down'));
  expect(plain(last, app).join('\n')).toContain('→ revision 1   note 1');
});

test('Enter on a choice goes on to the careful button, and only the other one does it', () => {
  const app = appOf(80, 24);
  let taken: unknown;
  const first = withRevisions({
    onConfirm: (answers) => {
      taken = answers;
      return [];
    },
  });
  const second = presses(first, app, 'down', 'enter');
  expect(plain(second, app).at(-2)).toContain('[ Cancel ]');
  expect(taken).toBeUndefined();
  expect(second.input({type: 'key', chord: 'enter'}, app)[0]).toBeUndefined();
  expect(taken).toBeUndefined();
  presses(second, app, 'tab', 'enter');
  expect(taken).toEqual({revision: 'revision 11'});
});

test('a list of names is no diff', () => {
  const app = appOf(80, 24);
  const one = dialog({
    title: 'T',
    preview: () => [{diff: ' ', text: '- name: app'}, '- not taken away'],
    confirm: 'Go',
    onConfirm: () => [],
  });
  expect(plain(one, app)[1]).toMatch(/^│  - name: app/);
  expect(plain(one, app)[2]).toMatch(/^│ · - not taken away/);
});

test('what only tells has one button, and Enter closes it', () => {
  const app = appOf(80, 24);
  const one = dialog({title: '1 failed', tells: true, preview: () => ['a: no'], confirm: 'Close', onConfirm: () => []});
  expect(plain(one, app).join('\n')).not.toContain('Cancel');
  expect(plain(one, app).join('\n')).toContain('[ Close ]');
  expect(one.input({type: 'key', chord: 'enter'}, app)[0]).toBeUndefined();
});
