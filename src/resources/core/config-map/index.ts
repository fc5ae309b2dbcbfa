// What kdeck knows about ConfigMaps.
import type {ConfigMap} from '../../../kube/types/wire.ts';
import {kind} from '../../kind.ts';
import {ageColumn, countColumn, metadataColumns, nameColumn, textColumn} from '../../shared/columns.ts';
import {startLines} from '../../shared/describe/blocks.ts';
import {base64Length} from '../../shared/base64.ts';
import {eventLines} from '../../shared/describe/events.ts';
import {plainHealth} from '../../shared/plain-health.ts';
import {configMaps} from '../../shared/refs.ts';
import {metadataActions} from '../../shared/actions/object.ts';
import {ownedBy} from '../../shared/relations.ts';

const size = (map: object | undefined): number => Object.keys(map ?? {}).length;

export const resource = kind<ConfigMap>({
  ref: configMaps,
  kind: 'ConfigMap',
  singular: 'configmap',
  shortNames: ['cm'],
  namespaced: true,
  family: 'config',
  columns: [
    nameColumn,
    countColumn<ConfigMap>('data', 'DATA', ({data, binaryData}) => size(data) + size(binaryData), {keep: 7}),
    ageColumn,
    textColumn<ConfigMap>(
      'keys',
      'KEYS',
      ({data, binaryData}) => [...Object.keys(data ?? {}), ...Object.keys(binaryData ?? {})].toSorted().join(','),
      {show: 'asked', keep: 1},
    ),
    textColumn<ConfigMap>('immutable', 'IMMUTABLE', ({immutable}) => (immutable === true ? 'true' : ''), {show: 'asked', keep: 0}),
    ...metadataColumns,
  ],
  keep: ['data{}', 'binaryData{}', 'immutable'],
  health: plainHealth(({data, binaryData}) => {
    const keys = size(data) + size(binaryData);
    return keys === 0 ? 'It is empty.' : `It holds ${keys} ${keys === 1 ? 'key' : 'keys'}.`;
  }),
  describe: async (map, view, out, options) => {
    startLines(map, out);
    out.raw('\nData\n====\n');
    for (const key of Object.keys(map.data ?? {}).toSorted()) out.raw(`${key}:\n----\n${map.data?.[key] ?? ''}\n\n`);
    out.raw('\nBinaryData\n====\n');
    for (const key of Object.keys(map.binaryData ?? {}).toSorted())
      out.raw(`${key}: ${base64Length(map.binaryData?.[key] ?? '')} bytes\n`);
    out.raw('\n');
    await eventLines(map, view, out, options);
  },
  relations: [ownedBy],
  actions: metadataActions<ConfigMap>({...configMaps, kind: 'ConfigMap'}),
});
