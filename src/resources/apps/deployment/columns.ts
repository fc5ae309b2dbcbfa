// A Deployment's columns.
import type {Deployment} from '../../../kube/types/wire.ts';
import {type Column, column} from '../../column.ts';
import {
  ageColumn,
  byShare,
  countColumn,
  metadataColumns,
  nameColumn,
  type Share,
  shareText,
  templateColumns,
  textColumn,
} from '../../shared/columns.ts';

export const columns: readonly Column<Deployment>[] = [
  nameColumn,
  column<Deployment, Share>({
    id: 'ready',
    title: 'READY',
    value: ({spec, status}) => ({have: status?.readyReplicas ?? 0, want: spec?.replicas ?? 0}),
    text: shareText,
    order: byShare,
    tone: ({have, want}) => (want === 0 ? 'idle' : have === 0 ? 'bad' : have < want ? 'warn' : 'ok'),
    keep: 8,
  }),
  countColumn<Deployment>('up-to-date', 'UP-TO-DATE', ({status}) => status?.updatedReplicas, {keep: 7}),
  countColumn<Deployment>('available', 'AVAILABLE', ({status}) => status?.availableReplicas, {keep: 7}),
  ageColumn,
  ...templateColumns<Deployment>(
    ({spec}) => spec?.template?.spec?.containers,
    ({spec}) => spec?.selector,
  ).map((each) =>
    // The server leaves an empty selector empty here, where other kinds say <none>.
    each.id === 'selector' ? {...each, text: (value: string) => (value === '<none>' ? '' : value)} : each,
  ),
  textColumn<Deployment>('strategy', 'STRATEGY', ({spec}) => spec?.strategy?.type, {show: 'asked', keep: 1}),
  ...metadataColumns,
];
