// What kdeck knows about ServiceAccounts.
import type {ServiceAccount} from '../../../kube/types/wire.ts';
import {kind} from '../../kind.ts';
import {ageColumn, metadataColumns, nameColumn, textColumn} from '../../shared/columns.ts';
import {startLines} from '../../shared/describe/blocks.ts';
import {eventLines} from '../../shared/describe/events.ts';
import {plainHealth} from '../../shared/plain-health.ts';
import {pointer, serviceAccounts} from '../../shared/refs.ts';
import {metadataActions} from '../../shared/actions/object.ts';
import {ownedBy} from '../../shared/relations.ts';

const HEADER = 'Image pull secrets:';

export const resource = kind<ServiceAccount>({
  ref: serviceAccounts,
  kind: 'ServiceAccount',
  singular: 'serviceaccount',
  shortNames: ['sa'],
  namespaced: true,
  family: 'access',
  columns: [
    nameColumn,
    ageColumn,
    textColumn<ServiceAccount>(
      'pull-secrets',
      'PULL SECRETS',
      ({imagePullSecrets}) => imagePullSecrets?.map((each) => each.name ?? '').join(','),
      {show: 'asked', keep: 1},
    ),
    ...metadataColumns,
  ],
  keep: ['imagePullSecrets', 'secrets', 'automountServiceAccountToken'],
  health: plainHealth(() => 'Pods can run as it.'),
  describe: async (account, view, out, options) => {
    startLines(account, out);
    const names = (account.imagePullSecrets ?? []).map((each) => each.name ?? '');
    if (names.length === 0) out.line(0, HEADER, '<none>');
    for (const [index, name] of names.entries()) out.line(0, index === 0 ? HEADER : ' '.repeat(HEADER.length), name);
    await eventLines(account, view, out, options);
  },
  relations: [
    ownedBy,
    {
      type: 'uses',
      targets: ({metadata, imagePullSecrets = [], secrets = []}) =>
        [...imagePullSecrets, ...secrets].flatMap(({name}) => (name ? [pointer('', 'Secret', name, metadata.namespace)] : [])),
    },
  ],
  actions: metadataActions<ServiceAccount>({...serviceAccounts, kind: 'ServiceAccount'}),
});
