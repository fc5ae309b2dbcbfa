// Whether a command's condition fits a situation, how special the condition is, and whether two can hold at once.
import type {Situation, When} from './command.ts';

/** True when the command applies here. */
export const applies = (when: When | undefined, at: Situation): boolean => {
  if (when === undefined) return true;
  if (when.screen !== undefined && !when.screen.includes(at.screen)) return false;
  if (when.kind !== undefined && (at.kind === undefined || !when.kind.includes(at.kind))) return false;
  if (when.selection === 'one' && at.selection !== 'one') return false;
  if (when.selection === 'some' && at.selection === 'none') return false;
  return when.writable === undefined || at.writable;
};

/** True when the command belongs to this screen and kind, whatever is selected and allowed: what help shows. */
export const belongs = (when: When | undefined, at: Situation): boolean =>
  applies(when === undefined ? undefined : {...(when.screen && {screen: when.screen}), ...(when.kind && {kind: when.kind})}, at);

/** Rank of a condition: a kind's own key beats the screen's, which beats the global one. */
export const specificity = (when: When | undefined): number =>
  (when?.kind === undefined ? 0 : 2) + (when?.screen === undefined ? 0 : 1);

const overlap = (a: readonly string[] | undefined, b: readonly string[] | undefined): boolean =>
  a === undefined || b === undefined || a.some((one) => b.includes(one));

/** True when some situation satisfies both with equal right, so that neither shadows the other by being more special. */
export const clash = (a: When | undefined, b: When | undefined): boolean =>
  specificity(a) === specificity(b) && overlap(a?.screen, b?.screen) && overlap(a?.kind, b?.kind);
