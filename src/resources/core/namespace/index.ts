// What kdeck knows about Namespaces.
import type {Namespace} from '../../../kube/types/wire.ts';
import {column} from '../../column.ts';
import {type Health, kind} from '../../kind.ts';
import {ageColumn, labelsColumn, nameColumn} from '../../shared/columns.ts';
import {metadataActions} from '../../shared/actions/object.ts';
import {namespaces} from '../../shared/refs.ts';
import {describe} from './describe.ts';

const health = ({metadata, status}: Namespace): Health => {
  if (status?.phase !== 'Terminating' && metadata.deletionTimestamp === undefined) return {tone: 'ok', reason: 'It is in use.'};
  const stuck = status?.conditions?.find((condition) => condition.status === 'True' && /Failure|Remaining/.test(condition.type));
  if (stuck === undefined) return {tone: 'busy', reason: 'It is being deleted with everything in it.'};
  return {
    tone: stuck.type.includes('Failure') ? 'bad' : 'warn',
    reason: `It is being deleted and held up: ${stuck.message ?? stuck.type}`,
  };
};

export const resource = kind<Namespace>({
  ref: namespaces,
  kind: 'Namespace',
  singular: 'namespace',
  shortNames: ['ns'],
  namespaced: false,
  family: 'cluster',
  columns: [
    nameColumn,
    column<Namespace, string>({
      id: 'status',
      title: 'STATUS',
      value: ({status}) => status?.phase ?? '',
      tone: (phase) => (phase === 'Active' ? 'ok' : 'busy'),
      keep: 8,
    }),
    ageColumn,
    labelsColumn,
  ],
  keep: ['status'],
  health,
  describe,
  actions: metadataActions<Namespace>({...namespaces, kind: 'Namespace'}),
  onEnter: 'open.pods',
});
