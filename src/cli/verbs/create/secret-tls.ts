// `create secret tls`.
import {newTlsSecret} from '../../../operations/create/secret.ts';
import {cliError} from '../../errors.ts';
import type {Verb} from '../../verb.ts';
import {generatorFlags, runGenerator} from './generated.ts';

export const verb: Verb = {
  name: 'tls',
  short: 'Create a TLS secret',
  long: 'Create a Secret from a certificate and its key, both PEM files. The key must belong to the certificate.',
  examples: `
  # From a key pair
  {program} create secret tls web-tls --cert=tls.crt --key=tls.key`,
  usage: 'NAME --cert=path/to/cert/file --key=path/to/key/file [--dry-run=server|client|none]',
  flags: generatorFlags([
    {name: 'append-hash', type: 'bool', usage: 'Append a hash of the content to the name.'},
    {name: 'cert', type: 'string', usage: 'PEM file of the certificate.'},
    {name: 'key', type: 'string', usage: 'PEM file of the private key.'},
  ]),
  run: (context) => {
    const {flags} = context;
    return runGenerator(
      context,
      (target) => {
        if (flags.string('key') === '' || flags.string('cert') === '') throw cliError('key and cert must be specified');
        return newTlsSecret(target, flags.string('cert'), flags.string('key'), flags.bool('append-hash'));
      },
      {failed: 'failed to create secret'},
    );
  },
};
