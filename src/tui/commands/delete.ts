// Deleting: the question lists everything that goes, and asks for the name where nothing brings the object back.
import type {KubeObject} from '../../kube/types/object.ts';
import type {TargetObject} from '../session/app.ts';
import type {SessionView} from '../session/session.ts';
import {dialog} from '../components/dialog.ts';
import type {Effect} from '../session/effect.ts';
import {overlay} from '../session/effect.ts';
import type {RemoveOptions} from '../session/services.ts';
import {guarded, tellAfter} from './guarded.ts';
import {nameOf, runOnAll, tellResults} from './outcomes.ts';

/** True when a controller makes the object again by itself. */
const comesBack = ({metadata}: KubeObject): boolean =>
  metadata.ownerReferences?.some(({controller}) => controller === true) === true;

/** What must be typed before: the name of one object, the number of several; nothing where all come back by themselves. */
export const guardWord = (targets: readonly TargetObject[]): string | undefined => {
  if (targets.every(({object}) => comesBack(object))) return undefined;
  const [only] = targets;
  return targets.length === 1 && only !== undefined ? nameOf(only) : String(targets.length);
};

/** Says when marked objects are not in sight. */
export const hiddenMarks = (view: SessionView, targets: readonly TargetObject[]): readonly string[] => {
  if (targets.length < 2 || view.top.filter === undefined || view.top.filter === '') return [];
  return [`The list is filtered by /${view.top.filter}: some of the ${targets.length} may be out of sight. All are listed here.`];
};

const whatGoes = (targets: readonly TargetObject[]): readonly string[] =>
  targets.map(({object, resource}) => {
    const {namespace, name, ownerReferences} = object.metadata;
    const owner = ownerReferences?.find(({controller}) => controller === true);
    const place = namespace === undefined ? (name ?? '') : `${namespace}/${name ?? ''}`;
    return `${resource.singular || resource.plural} ${place}${owner === undefined ? '' : `, ${owner.kind} ${owner.name} makes a new one`}`;
  });

const consequences: Readonly<Record<string, string>> = {
  Namespace: 'Everything in the namespace goes with it.',
  CustomResourceDefinition: 'Every object of this kind in the whole cluster goes with it.',
  PersistentVolumeClaim: 'What is stored on it may be lost.',
  PersistentVolume: 'What is stored on it may be lost.',
  Deployment: 'Its ReplicaSets and pods go with it.',
  StatefulSet: 'Its pods go with it; its claims stay.',
  DaemonSet: 'Its pods go with it.',
  ReplicaSet: 'Its pods go with it.',
  Job: 'Its pods go with it.',
  CronJob: 'Its jobs and their pods go with it.',
  Node: 'The cluster forgets the node; pods on it are deleted.',
};

/** Opens the question. */
export const deleteEffects = (view: SessionView, targets: readonly TargetObject[]): readonly Effect[] =>
  guarded(view, 'object.delete', targets, (asks) => askAndDelete(view, targets, asks));

const askAndDelete = (view: SessionView, targets: readonly TargetObject[], asks: readonly string[]): readonly Effect[] => {
  const [first] = targets;
  if (first === undefined) return [];
  const mustType = guardWord(targets);
  const title =
    targets.length === 1
      ? `Delete ${first.resource.singular || first.resource.plural} ${nameOf(first)}?`
      : `Delete ${targets.length} ${first.resource.plural}?`;
  const consequence = consequences[first.resource.kind];
  return [
    overlay(
      dialog({
        title,
        says: [
          ...asks,
          `In ${view.app.place.context || 'this cluster'}${consequence === undefined ? '' : `. ${consequence}`}`,
          ...hiddenMarks(view, targets),
        ],
        preview: () => whatGoes(targets),
        fields: {
          cascade: {
            type: 'choice',
            label: 'What it owns',
            options: ['goes in the background', 'goes first', 'stays behind'],
            initial: 'goes in the background',
          },
          force: {type: 'switch', label: 'At once, without grace', initial: false},
        },
        ...(mustType === undefined ? {} : {mustType}),
        confirm: 'Delete',
        danger: true,
        focus: 'guard',
        onConfirm: (answers) => {
          const cascade: RemoveOptions['cascade'] =
            answers['cascade'] === 'goes first' ? 'foreground' : answers['cascade'] === 'stays behind' ? 'orphan' : 'background';
          const options: RemoveOptions = {cascade, force: answers['force'] === true};
          return [
            {
              label: 'Delete',
              outlives: true,
              run: async (io) => {
                const connection = io.services.connection();
                if (connection === undefined) throw new Error('there is no connection to the cluster');
                const results = await runOnAll(targets, ({resource, object}) =>
                  connection.remove(
                    resource,
                    {
                      group: resource.group,
                      kind: resource.kind,
                      namespace: object.metadata.namespace,
                      name: object.metadata.name ?? '',
                      uid: object.metadata.uid,
                    },
                    options,
                  ),
                );
                tellResults('Delete', results, io);
                tellAfter(io, 'object.delete', targets, results);
              },
            },
          ];
        },
      }),
    ),
  ];
};
