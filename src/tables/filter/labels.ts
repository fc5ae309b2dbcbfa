// Label selectors inside filters.
import {matchesLabels, parseLabelSelector} from '../../base/selectors/label.ts';

/** A test for labels. Throws an Error that says what is wrong with the selector. */
export const labelTest = (selector: string): ((labels: Readonly<Record<string, string>>) => boolean) => {
  let requirements;
  try {
    requirements = parseLabelSelector(selector);
  } catch (error) {
    throw new Error(`\`${selector}\` is not a label selector`, {cause: error});
  }
  return (labels) => matchesLabels(requirements, labels);
};
