// What kdeck knows about Secrets. Values are never read by columns, health or the live cache.
import type {Secret} from '../../../kube/types/wire.ts';
import {kind} from '../../kind.ts';
import {base64Length} from '../../shared/base64.ts';
import {ageColumn, countColumn, metadataColumns, nameColumn, textColumn} from '../../shared/columns.ts';
import {startLines} from '../../shared/describe/blocks.ts';
import {plainHealth} from '../../shared/plain-health.ts';
import {pointer, secrets} from '../../shared/refs.ts';
import {metadataActions} from '../../shared/actions/object.ts';
import {ownedBy} from '../../shared/relations.ts';

const TOKEN = 'kubernetes.io/service-account-token';
const ACCOUNT = 'kubernetes.io/service-account.name';

export const resource = kind<Secret>({
  ref: secrets,
  kind: 'Secret',
  singular: 'secret',
  shortNames: [],
  namespaced: true,
  family: 'config',
  columns: [
    nameColumn,
    textColumn<Secret>('type', 'TYPE', ({type}) => type, {keep: 7}),
    countColumn<Secret>('data', 'DATA', ({data}) => Object.keys(data ?? {}).length, {keep: 7}),
    ageColumn,
    textColumn<Secret>(
      'keys',
      'KEYS',
      ({data}) =>
        Object.keys(data ?? {})
          .toSorted()
          .join(','),
      {show: 'asked', keep: 1},
    ),
    ...metadataColumns,
  ],
  keep: ['type', 'data{}', 'immutable', `metadata.annotations['${ACCOUNT}']`],
  health: plainHealth(({data}) => {
    const keys = Object.keys(data ?? {}).length;
    return keys === 0 ? 'It is empty.' : `It holds ${keys} ${keys === 1 ? 'value' : 'values'}.`;
  }),
  // kubectl shows no events for secrets.
  describe: async (secret, _view, out) => {
    startLines(secret, out);
    out.raw('\n');
    out.line(0, 'Type:', secret.type ?? '');
    out.raw('\nData\n====\n');
    for (const key of Object.keys(secret.data ?? {}).toSorted()) {
      const value = secret.data?.[key] ?? '';
      const shown =
        key === 'token' && secret.type === TOKEN ? Buffer.from(value, 'base64').toString() : `${base64Length(value)} bytes`;
      out.line(0, `${key}:`, shown);
    }
  },
  relations: [
    ownedBy,
    {
      type: 'uses',
      targets: ({type, metadata}) => {
        const account = metadata.annotations?.[ACCOUNT];
        return type === TOKEN && account !== undefined ? [pointer('', 'ServiceAccount', account, metadata.namespace)] : [];
      },
    },
  ],
  actions: metadataActions<Secret>({...secrets, kind: 'Secret'}),
});
