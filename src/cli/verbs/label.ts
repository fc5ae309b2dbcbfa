// `label`: sets and removes labels.
import {labelValueProblem} from '../../operations/taint.ts';
import {cliError} from '../errors.ts';
import type {Verb, VerbContext} from '../verb.ts';
import {splitPairs} from './shared/changes.ts';
import {changeMetadata, changesOf, metadataFlags} from './shared/change-metadata.ts';

const readLabels = (specs: readonly string[]): {set: Map<string, string>; remove: string[]} => {
  const set = new Map<string, string>();
  const remove: string[] = [];
  for (const spec of specs) {
    const [key = '', value, ...more] = spec.split('=');
    if (value !== undefined) {
      if (more.length > 0) throw cliError(`invalid label spec: ${spec}`);
      const problem = labelValueProblem(value);
      if (problem !== undefined) throw cliError(`invalid label value: ${JSON.stringify(spec)}: ${problem}`);
      set.set(key, value);
    } else if (spec.endsWith('-')) remove.push(spec.slice(0, -1));
    else throw cliError(`unknown label spec: ${spec}`);
  }
  return {set, remove};
};

const run = async (context: VerbContext): Promise<number> => {
  const {resources, pairs} = splitPairs(context.args, 'label');
  const {set, remove} = readLabels(pairs);
  const changes = changesOf(set, remove, () => cliError('can not both modify and remove a label in the same command'));
  return changeMetadata(context, {
    field: 'labels',
    resources,
    changes,
    file: 'pod',
    operation: ({added, removed}) => {
      if (added.length > 0) return removed.length > 0 ? 'modified' : 'labeled';
      return removed.length > 0 ? 'unlabeled' : 'not labeled';
    },
  });
};

export const verb: Verb = {
  name: 'label',
  short: 'Update the labels on a resource',
  long:
    'Set labels with KEY=VALUE and remove them with KEY-.\n\n' +
    ' Keys and values begin with a letter or digit and may hold letters, digits, hyphens, dots and underscores, up to 63\n' +
    ' characters; a key may begin with a DNS name and a slash. A label that has another value is replaced only with --overwrite.',
  examples: `
  # Set a label
  {program} label pods web unhealthy=true

  # Replace it
  {program} label --overwrite pods web unhealthy=false

  # Remove it
  {program} label pods web unhealthy-

  # All pods of the namespace
  {program} label pods --all tier=front

  # Show them
  {program} label pod web --list`,
  usage: '[--overwrite] (-f FILENAME | TYPE NAME) KEY_1=VAL_1 ... KEY_N=VAL_N [--resource-version=version]',
  flags: metadataFlags('label', 'labels'),
  complete: async (context, word) => (await import('../completion/resources.ts')).completeResources(context, word),
  run,
};
