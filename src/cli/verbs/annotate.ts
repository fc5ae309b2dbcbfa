// `annotate`: sets and removes annotations.
import {cliError} from '../errors.ts';
import type {Verb, VerbContext} from '../verb.ts';
import {readPairs, splitPairs} from './shared/changes.ts';
import {changeMetadata, changesOf, metadataFlags} from './shared/change-metadata.ts';

const run = async (context: VerbContext): Promise<number> => {
  const {resources, pairs} = splitPairs(context.args, 'annotation');
  const {set, remove} = readPairs(pairs, 'annotation', true);
  return changeMetadata(context, {
    field: 'annotations',
    resources,
    changes: changesOf(set, remove, (keys) =>
      cliError(`can not both modify and remove the following annotation(s) in the same command: ${keys.join(', ')}`),
    ),
    file: 'rsrc',
    operation: () => 'annotated',
  });
};

export const verb: Verb = {
  name: 'annotate',
  short: 'Update the annotations on a resource',
  long:
    'Set annotations with KEY=VALUE and remove them with KEY-. Annotations are texts for people and programs; nothing is\n' +
    ' selected by them. One that has another value is replaced only with --overwrite.\n\n' +
    ' Use "{program} api-resources" for the types this cluster has.',
  examples: `
  # Set an annotation
  {program} annotate pods web description='my frontend'

  # Replace it
  {program} annotate --overwrite pods web description='another text'

  # Remove it
  {program} annotate pods web description-

  # What a file describes
  {program} annotate -f web.yaml description='my frontend'`,
  usage: '[--overwrite] (-f FILENAME | TYPE NAME) KEY_1=VAL_1 ... KEY_N=VAL_N [--resource-version=version]',
  flags: metadataFlags('annotate', 'annotations'),
  complete: async (context, word) => (await import('../completion/resources.ts')).completeResources(context, word),
  run,
};
