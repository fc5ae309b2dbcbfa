// `config delete-user`.
import {defaultFile, editKubeconfig, readKubeconfig} from '../../../operations/kubeconfig.ts';
import {cliError, usageError} from '../../errors.ts';
import type {Verb} from '../../verb.ts';

export const verb: Verb = {
  name: 'config delete-user',
  short: 'Delete the specified user from the kubeconfig',
  long: 'Remove a user. Contexts that name it stay.',
  examples: `
  # Forget the test user
  {program} config delete-user test`,
  usage: 'NAME',
  flags: [],
  complete: async ({connection, env}) => ({words: [...(await readKubeconfig(connection, env)).users.keys()]}),
  run: async ({args, connection, env, streams, command}) => {
    const {users} = await readKubeconfig(connection, env);
    const [name] = args;
    if (name === undefined || args.length !== 1) throw usageError(command, 'user to delete is required');
    const file = defaultFile(connection, env);
    if (!users.has(name)) throw cliError(`cannot delete user ${name}, not in ${file}`);
    await editKubeconfig(connection, env, (editor) => editor.remove('users', name));
    streams.stdout.write(`deleted user ${name} from ${file}\n`);
    return 0;
  },
};
