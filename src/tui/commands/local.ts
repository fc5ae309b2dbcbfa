// Commands of this machine, run from the prompt with the user's shell; they are told where the user stands in the cluster.
import {dialog} from '../components/dialog.ts';
import {namespacesText} from '../components/breadcrumb.ts';
import {prompt} from '../prompt/prompt.ts';
import type {App, TargetObject} from '../session/app.ts';
import type {Effect} from '../session/effect.ts';
import {overlay} from '../session/effect.ts';
import type {LocalProgram} from '../session/services.ts';
import type {CommandHandler} from '../session/session.ts';
import {kindKey} from '../../resources/kind.ts';

/** Where the user stands, as environment variables. Absent things have no variable. */
export const placeVariables = ({place}: App, targets: readonly TargetObject[]): Readonly<Record<string, string>> => {
  const target = targets.length === 1 ? targets[0] : undefined;
  const {name, namespace} = target?.object.metadata ?? {};
  const shown = place.namespaces === 'all' ? undefined : place.namespaces[0];
  const found = {
    KDECK_CONTEXT: place.context,
    KDECK_CLUSTER: place.cluster,
    KDECK_USER: place.user,
    KDECK_NAMESPACE: target === undefined ? shown : namespace,
    KDECK_KIND: target === undefined ? undefined : kindKey(target.resource),
    KDECK_NAME: name,
    KDECK_CONTAINER: target?.container,
  };
  return Object.fromEntries(
    Object.entries(found).flatMap(([key, value]) => (value === undefined || value === '' ? [] : [[key, value]])),
  );
};

/** How the user's shell runs a line. */
export const shellProgram = (
  line: string,
  env: Readonly<Record<string, string | undefined>>,
  platform: string = process.platform,
): Pick<LocalProgram, 'file' | 'args'> =>
  platform === 'win32'
    ? {file: env['ComSpec'] || 'cmd.exe', args: ['/d', '/s', '/c', line]}
    : {file: env['SHELL'] || '/bin/sh', args: ['-c', line]};

const run = (line: string, app: App, targets: readonly TargetObject[]): Effect => ({
  label: 'Run',
  outlives: true,
  run: async ({services, send}) => {
    const title = line.length > 40 ? `${line.slice(0, 39)}…` : line;
    const end = await services.programs.run({
      title,
      ...shellProgram(line, services.env),
      env: placeVariables(app, targets),
      stays: true,
    });
    if (end.is === 'failed') send({type: 'toast', toast: {tone: 'bad', text: end.problem}});
    else if (end.byUser) send({type: 'toast', toast: {tone: 'idle', text: `${title} was ended`}});
    else
      send({
        type: 'toast',
        toast: {tone: end.exitCode === 0 ? 'ok' : 'warn', text: `${title} ended with exit code ${end.exitCode}`},
      });
  },
});

/** Handles commands of this machine. */
export const localCommands: CommandHandler = (id, view) => {
  if (id !== 'app.run-local') return undefined;
  const {app, argument} = view;
  if (argument === undefined) return [overlay(prompt(app, '! '))];
  const go = run(argument, app, view.targets());
  if (!app.place.readonly) return [go];
  return [
    overlay(
      dialog({
        title: 'Run a command in a read-only kdeck?',
        says: [
          `kdeck changes nothing in ${app.place.context || 'this cluster'} (${namespacesText(app.place.namespaces)}), but it cannot hold back what a command of this machine does there.`,
        ],
        preview: () => [argument],
        confirm: 'Run',
        focus: 'guard',
        onConfirm: () => [go],
      }),
    ),
  ];
};
