// `api-versions`: every group and version the server has.
import {KdeckError, messageOf} from '../../base/errors.ts';
import {apiVersionsOf} from '../../operations/api-versions.ts';
import {usageError} from '../errors.ts';
import type {Verb} from '../verb.ts';

export const verb: Verb = {
  name: 'api-versions',
  short: 'Print the supported API versions on the server, in the form of "group/version"',
  long: 'Print the API versions the server has, as group/version, sorted.',
  examples: `
  # All of them
  {program} api-versions`,
  usage: '',
  flags: [],
  run: async (context) => {
    if (context.args.length > 0) throw usageError(context.command, `unexpected arguments: [${context.args.join(' ')}]`);
    const {client} = await context.cluster();
    let versions: readonly string[];
    try {
      versions = await apiVersionsOf(client);
    } catch (error) {
      throw new KdeckError('KD-CLI-VERSIONS', `couldn't get available api versions from server: ${goErrorText(error)}`, {
        cause: error,
      });
    }
    for (const version of versions) context.streams.stdout.write(`${version}\n`);
    return 0;
  },
};

const goErrorText = (error: unknown): string => messageOf(error);
