// `create secret docker-registry`.
import {newRegistrySecret} from '../../../operations/create/secret.ts';
import {cliError} from '../../errors.ts';
import type {Verb} from '../../verb.ts';
import {generatorFlags, runGenerator} from './generated.ts';

export const verb: Verb = {
  name: 'docker-registry',
  short: 'Create a secret for use with a Docker registry',
  long: 'Create a Secret with which pods pull images from a registry that asks for a login.',
  examples: `
  # A login
  {program} create secret docker-registry pull --docker-server=registry.example.com --docker-username=u --docker-password=p`,
  usage:
    'NAME --docker-username=user --docker-password=password --docker-email=email [--docker-server=string] [--from-file=[key=]source] [--dry-run=server|client|none]',
  flags: generatorFlags([
    {name: 'append-hash', type: 'bool', usage: 'Append a hash of the content to the name.'},
    {name: 'docker-email', type: 'string', usage: 'E-mail address of the account.'},
    {name: 'docker-password', type: 'string', usage: 'Password of the account.'},
    {name: 'docker-server', type: 'string', default: 'https://index.docker.io/v1/', usage: 'The registry.'},
    {name: 'docker-username', type: 'string', usage: 'User name of the account.'},
    {name: 'from-file', type: 'csv', usage: 'An existing .dockerconfigjson file.'},
  ]),
  run: (context) => {
    const {flags, env} = context;
    const login = {
      server: flags.string('docker-server'),
      username: flags.string('docker-username'),
      password: flags.string('docker-password'),
      email: flags.string('docker-email'),
    };
    const files = flags.strings('from-file');
    return runGenerator(
      context,
      (target) => {
        if (files.length === 0 && (login.username === '' || login.password === '' || login.server === '')) {
          throw cliError(
            'either --from-file or the combination of --docker-username, --docker-password and --docker-server is required',
          );
        }
        return newRegistrySecret(target, login, files, env, flags.bool('append-hash'));
      },
      {failed: 'failed to create secret'},
    );
  },
};
