// The form of a roll-back: every revision with its age, images and cause, and what going back to it changes, as a diff.
import {ageText} from '../../../base/age.ts';
import {unifiedDiff} from '../../../base/unified-diff.ts';
import {writeYaml} from '../../../base/yaml/write.ts';
import type {PodTemplateSpec} from '../../../kube/types/wire.ts';
import type {Form, PreviewLine} from '../../action.ts';
import type {History, ShownRevision, ToRevision} from './roll-back.ts';

const HASH_LABEL = 'pod-template-hash';

/** The template as people wrote it: what controllers add to it is no difference. */
const bare = (template: PodTemplateSpec | undefined): unknown => {
  const {metadata, ...rest} = template ?? {};
  const {creationTimestamp: _created, labels, ...others} = metadata ?? {};
  const {[HASH_LABEL]: _hash, ...kept} = labels ?? {};
  const shown = {...others, ...(Object.keys(kept).length === 0 ? {} : {labels: kept})};
  return {...(Object.keys(shown).length === 0 ? {} : {metadata: shown}), ...rest};
};

const imagesOf = (template: PodTemplateSpec | undefined): string =>
  (template?.spec?.containers ?? []).map(({image}) => image ?? '').join(', ');

const noteOf = ({template, createdAt, changeCause}: ShownRevision, now: Date): string =>
  [
    ageText(createdAt, now).padStart(5),
    imagesOf(template),
    ...(changeCause === undefined || changeCause === '' ? [] : [changeCause]),
  ].join('  ');

const nowText = ({runningNumber}: Pick<History, 'runningNumber'>): string =>
  runningNumber === undefined ? 'now' : `revision ${runningNumber}`;

/** What going to a revision changes in the pods. */
export const revisionChanges = (history: Omit<History, 'others'>, to: ShownRevision): readonly PreviewLine[] => {
  const lines = unifiedDiff(writeYaml(bare(history.running)), writeYaml(bare(to.template)));
  return [`${nowText(history)} → revision ${to.number}`, ...(lines.length === 0 ? ['Nothing changes in the pods.'] : lines)];
};

/** The form for one workload: any revision may be chosen, the one before is. Several go back one step each. */
export const revisionForm = (histories: readonly History[], now: Date): Form<ToRevision> => {
  const without = histories.find(({others}) => others.length === 0);
  if (without !== undefined)
    return {
      impossible: `${without.workload.metadata.name} has no earlier revision to go back to`,
      preview: () => [],
    };
  const [only] = histories;
  if (only === undefined || histories.length > 1)
    return {
      preview: () =>
        histories.flatMap((history) => {
          const [before] = history.others;
          return before === undefined ? [] : [`${history.workload.metadata.name}:`, ...revisionChanges(history, before)];
        }),
    };
  const options = only.others.map(({number}) => `revision ${number}`);
  const known = new Map<string, readonly PreviewLine[]>();
  return {
    inputs: {
      revision: {
        type: 'choice',
        label: 'Go back to',
        options,
        initial: options[0] ?? '',
        notes: only.others.map((one) => noteOf(one, now)),
      },
    },
    preview: ({revision}) => {
      const made = known.get(revision);
      if (made !== undefined) return made;
      const to = only.others[options.indexOf(revision)];
      const lines = to === undefined ? [] : revisionChanges(only, to);
      known.set(revision, lines);
      return lines;
    },
  };
};
