// Holds the keys while something is being asked, so that none reaches the screen below; Esc gives it up.
import type {Overlay} from '../session/overlay.ts';
import {span} from '../text/line.ts';
import {drawPanel, panelWidth} from './panel.ts';

/** Answers that come sooner than this flash no panel. */
const patience = 300;

/** What the panel says, how wide it is, and for how long it has been waited; a panel without `since` is shown at once. */
export type Waiting = {
  readonly name: string;
  readonly title: string;
  readonly says: string;
  readonly width: number;
  readonly since?: Date;
  /** Runs when the person does not want to wait any longer. */
  readonly onLeave: () => void;
};

/** Makes the overlay. */
export const waiting = ({name, title, says, width, since, onLeave}: Waiting): Overlay => {
  const self: Overlay = {
    name,
    input: (input) => {
      if (input.type !== 'key' || input.chord !== 'esc') return [self, []];
      onLeave();
      return [undefined, []];
    },
    draw: (app) =>
      since !== undefined && app.now.getTime() - since.getTime() < patience
        ? {}
        : {panels: [drawPanel(app, {title, width: panelWidth(app, width), lines: [[span(says, 'muted')]]})]},
  };
  return self;
};
