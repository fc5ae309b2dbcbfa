// Holds the keys while something is being asked, so that none reaches the screen below; Esc gives it up.
import type {Overlay} from '../session/overlay.ts';
import {span} from '../text/line.ts';
import {drawPanel, panelWidth} from './panel.ts';

/** Answers that come sooner than this flash no panel. */
const patience = 300;

/** Makes the overlay. `onLeave` runs when the person does not want to wait any longer. */
export const waiting = (title: string, says: string, since: Date, onLeave: () => void): Overlay => {
  const self: Overlay = {
    name: 'waiting',
    input: (input) => {
      if (input.type !== 'key' || input.chord !== 'esc') return [self, []];
      onLeave();
      return [undefined, []];
    },
    draw: (app) =>
      app.now.getTime() - since.getTime() < patience
        ? {}
        : {
            panels: [drawPanel(app, {title, width: panelWidth(app, 56), lines: [[span(`${says}; Esc gives up`, 'muted')]]})],
          },
  };
  return self;
};
