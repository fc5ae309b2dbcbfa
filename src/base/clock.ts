// Time as a value that is passed in, so that ages can be tested.

/** Tells the time. Tests pass one that stands still or is stepped. */
export type Clock = {readonly now: () => Date};

/** The machine's own clock. */
export const systemClock: Clock = {now: () => new Date()};
