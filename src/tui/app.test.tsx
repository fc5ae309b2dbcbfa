import {render} from 'ink-testing-library';
import {expect, test} from 'vitest';
import {Root} from './app.tsx';
import type {Frame} from './session/frame.ts';
import type {Session} from './session/session.ts';

const frameOf = (change: Partial<Frame>): Frame => ({
  size: {columns: 30, rows: 4},
  lines: ['header', 'first row of the table here', 'second row of the table here', 'hints'],
  panels: [],
  cursor: undefined,
  bodyTop: 1,
  spots: [],
  ...change,
});

/** What Root needs of a session, with a hand to change the frame. */
const stage = (first: Frame) => {
  let frame = first;
  let version = 0;
  const listeners = new Set<() => void>();
  return {
    session: {
      subscribe: (listener: () => void) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      snapshot: () => version,
      get frame() {
        return frame;
      },
    } as unknown as Session,
    show: (next: Frame) => {
      frame = next;
      version++;
      for (const listener of listeners) listener();
    },
  };
};

test('lines stand one below the other, a panel lies over them, and goes again', async () => {
  const {session, show} = stage(frameOf({}));
  const {lastFrame, unmount} = render(<Root session={session} onApp={() => {}} />);
  expect(lastFrame()?.split('\n')).toEqual(['header', 'first row of the table here', 'second row of the table here', 'hints']);
  show(frameOf({panels: [{x: 6, y: 1, width: 5, lines: ['+---+', '| ? |']}]}));
  await expect.poll(() => lastFrame()?.split('\n')[1]).toBe('first +---+f the table here');
  expect(lastFrame()?.split('\n')[2]).toBe('second| ? |of the table here');
  show(frameOf({}));
  await expect.poll(() => lastFrame()).not.toContain('?');
  unmount();
});

test('a line that is too long is cut, so that a screen never grows a row', () => {
  const {session} = stage(frameOf({lines: ['x'.repeat(80), 'a', 'b', 'c']}));
  const {lastFrame, unmount} = render(<Root session={session} onApp={() => {}} />);
  expect(lastFrame()?.split('\n')).toHaveLength(4);
  unmount();
});
