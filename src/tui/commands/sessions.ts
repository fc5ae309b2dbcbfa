// Logs, shells and the editor: commands that open something running on the object of the screen.
import {mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {messageOf} from '../../base/errors.ts';
import type {DiffLine} from '../../base/unified-diff.ts';
import {execute, refuseCompleted} from '../../operations/exec.ts';
import {findContainer, firstContainer, annotatedContainer} from '../../operations/pods/containers.ts';
import {sizesOf, withRawTerminal} from '../../operations/terminal-session.ts';
import {editHeader, isEmptyEdit, withoutComments, withoutHeader} from '../../operations/edit/edit-file.ts';
import {editPatch} from '../../operations/edit/edit-patch.ts';
import {editorArguments, editorOf} from '../../operations/edit/editor.ts';
import {patchObject} from '../../operations/objects.ts';
import type {AnyObject, KubeObject} from '../../kube/types/object.ts';
import type {Pod} from '../../kube/types/wire.ts';
import {kindKey} from '../../resources/kind.ts';
import {dialog} from '../components/dialog.ts';
import type {TargetObject} from '../session/app.ts';
import type {Effect, Io} from '../session/effect.ts';
import {open, overlay, toast} from '../session/effect.ts';
import type {CommandHandler} from '../session/session.ts';
import {guarded, tellAfter} from './guarded.ts';
import {refusalOf} from './refusals.ts';
import type {LogsParams} from '../screens/logs/log-sources.ts';
import {podQueryOf} from '../screens/logs/log-sources.ts';

const logsOf = ({object, resource, container}: TargetObject, previous: boolean): readonly Effect[] => {
  const {name = '', namespace = ''} = object.metadata;
  const common = {namespace, previous, of: container === undefined ? name : `${name}/${container}`};
  if (kindKey(resource) === 'pods')
    return [open('logs', {...common, pods: [name], ...(container === undefined ? {} : {container})} satisfies LogsParams)];
  const labelSelector = podQueryOf(object);
  if (labelSelector === undefined) return [toast('warn', `${name} selects no pods, so there is no log to read`)];
  return [open('logs', {...common, labelSelector} satisfies LogsParams)];
};

// The best shell there is; the message of a container without any comes from the runtime.
const SHELL = ['sh', '-c', 'for s in bash ash; do command -v $s >/dev/null 2>&1 && exec $s; done; exec sh'];

const shell = (target: TargetObject): Effect => ({
  label: 'Shell',
  outlives: true,
  run: async (io) => {
    const {services} = io;
    const connection = services.connection();
    if (connection === undefined) throw new Error('there is no connection to the cluster');
    const {name = '', namespace = ''} = target.object.metadata;
    const pod = (await connection.read(target.resource, {namespace, name}, new AbortController().signal)) as unknown as Pod;
    refuseCompleted(pod, 'exec into');
    const annotated = annotatedContainer(pod);
    const container =
      target.container ?? (findContainer(pod, annotated) === undefined ? firstContainer(pod).container.name : annotated);
    let problem: string | undefined;
    await services.terminal.lend(async ({stdin, stdout}) => {
      stdout.write(`kdeck: shell in ${namespace}/${name}, container ${container}\r\n`);
      try {
        const streams = {stdin, stdout};
        const {exitCode} = await withRawTerminal(streams, () =>
          execute(connection.cluster.client, {
            namespace,
            pod: name,
            container,
            command: SHELL,
            tty: true,
            stdin,
            stdout,
            sizes: sizesOf(streams),
          }),
        );
        if (exitCode !== 0) problem = `the shell ended with exit code ${exitCode}`;
      } catch (error) {
        const said = messageOf(error);
        // What the kubelet says of a container that waits, or has ended.
        problem = said.includes('container not found') ? `the container ${container} is not running; W says why` : refusalOf(error);
      }
    });
    if (problem !== undefined) io.send({type: 'toast', toast: {tone: 'warn', text: `${name}: ${problem}`}});
    tellAfter(io, 'pod.shell', [target], [{name, ...(problem === undefined ? {said: 'the shell has ended'} : {error: problem})}]);
  },
});

const askForShell = (target: TargetObject, asks: readonly string[]): Effect =>
  overlay(
    dialog({
      title: `Open a shell in ${target.object.metadata.name ?? ''}?`,
      says: asks,
      confirm: 'Open',
      onConfirm: () => [shell(target)],
    }),
  );

/** Lets the user edit a file; says why when that came to nothing. */
const runEditor = async (io: Io, file: string): Promise<string | undefined> => {
  const editor = editorOf(io.services.env);
  const end = await io.services.programs.run({
    title: editor.name,
    file: editor.program,
    args: editorArguments(editor, file),
    stays: false,
  });
  if (end.is === 'failed') return `${end.problem}; set KUBE_EDITOR or EDITOR`;
  if (end.byUser) return `the editor ${editor.name} was ended`;
  return end.exitCode === 0 ? undefined : `the editor ${editor.name} ended with exit code ${end.exitCode}`;
};

type Draft = {readonly asks: readonly string[]; readonly folder: string; readonly file: string; readonly original: string};

/** Opens the editor until the person is done, then shows what would change and asks. Drafts the server refused stay on disk. */
const edit = (target: TargetObject, asks: readonly string[]): Effect => ({
  label: 'Edit',
  outlives: true,
  run: async (io) => {
    const connection = io.services.connection();
    if (connection === undefined) throw new Error('there is no connection to the cluster');
    const {namespace, name = ''} = target.object.metadata;
    const live = await connection.read(target.resource, {namespace, name}, new AbortController().signal);
    const {managedFields: _owners, ...metadata} = live.metadata;
    const shown: AnyObject = {...live, metadata};
    const folder = await mkdtemp(join(tmpdir(), 'kdeck-edit-'));
    const draft: Draft = {asks, folder, file: join(folder, `${name}.yaml`), original: await connection.yaml(shown)};
    await editAgain(target, shown, draft, draft.original, undefined, io);
  },
});

const editAgain = async (
  target: TargetObject,
  shown: AnyObject,
  draft: Draft,
  body: string,
  reason: string | undefined,
  io: Io,
): Promise<void> => {
  const tell = (tone: 'ok' | 'idle' | 'warn' | 'bad', text: string): void => io.send({type: 'toast', toast: {tone, text}});
  const leave = async (tone: 'ok' | 'idle' | 'warn', text: string): Promise<void> => {
    await rm(draft.folder, {recursive: true, force: true});
    tell(tone, text);
  };
  const {name = ''} = shown.metadata;
  // Only this user may read it: what is edited may be a Secret.
  const handed = `${editHeader(reason === undefined ? [] : [{head: reason, details: []}])}${body}`;
  await writeFile(draft.file, handed, {mode: 0o600});
  const problem = await runEditor(io, draft.file);
  const saved = await readFile(draft.file, 'utf8');
  if (problem !== undefined) {
    // What was saved before it went wrong is the user's work, and so is what the server refused.
    if (saved === handed && reason === undefined) return leave('warn', `${name} was not changed: ${problem}`);
    return tell('bad', `${name} was not changed: ${problem}; what was saved is kept in ${draft.file}`);
  }
  if (isEmptyEdit(saved)) return leave('idle', `${name} was not changed: the saved file was empty`);
  if (withoutComments(saved) === withoutComments(draft.original)) return leave('idle', `${name} was not changed`);
  // Saved as it was refused: the person has given up. What they wrote stays.
  if (reason !== undefined && withoutComments(saved) === withoutComments(body))
    return tell('warn', `${name} was not changed; your edit is kept in ${draft.file}`);
  const again = (why: string): Promise<void> => editAgain(target, shown, draft, withoutHeader(saved), why, io);
  let edited: AnyObject;
  try {
    const {readYaml} = await import('../../base/yaml/read.ts');
    edited = readYaml(withoutComments(saved)) as AnyObject;
    if (typeof edited?.metadata !== 'object') throw new Error('there is no metadata in it');
  } catch (error) {
    return again(`The edited file had a syntax error: ${messageOf(error)}`);
  }
  const connection = io.services.connection();
  if (connection === undefined) return tell('bad', `there is no connection; your changes are kept in ${draft.file}`);
  const {client} = connection.cluster;
  const {resource} = target;
  const at = {
    group: resource.group,
    version: resource.version,
    plural: resource.plural,
    namespace: resource.namespaced ? shown.metadata.namespace : undefined,
    name,
  };
  try {
    const patch = editPatch(shown, edited);
    if (patch === undefined) return await leave('idle', `${name} was not changed`);
    // The server says what it would make of it before anything is changed.
    const after = await patchObject(client, at, patch.type, patch.text, {
      fieldManager: 'kubectl-edit',
      fieldValidation: 'Strict',
      dryRun: true,
    });
    const preview = await changedLines(shown, after, connection.yaml);
    io.send({
      type: 'overlay',
      overlay: dialog({
        title: `Apply the changes to ${resource.singular} ${name}?`,
        says: draft.asks,
        preview: () => preview,
        confirm: 'Apply',
        danger: false,
        onConfirm: () => [
          {
            label: 'Apply the edit',
            outlives: true,
            run: async (later) => {
              try {
                await patchObject(client, at, patch.type, patch.text, {fieldManager: 'kubectl-edit', fieldValidation: 'Strict'});
                await rm(draft.folder, {recursive: true, force: true});
                later.send({type: 'toast', toast: {tone: 'ok', text: `${resource.singular} ${name} edited`}});
                tellAfter(later, 'object.edit', [target], [{name, said: `${resource.singular} ${name} edited`}]);
              } catch (error) {
                later.send({
                  type: 'toast',
                  toast: {tone: 'bad', text: `${messageOf(error)}; your changes are kept in ${draft.file}`},
                });
                tellAfter(later, 'object.edit', [target], [{name, error: messageOf(error)}]);
              }
            },
          },
        ],
        onCancel: () => [toast('idle', `Nothing was changed; your edit is kept in ${draft.file}`)],
      }),
    });
  } catch (error) {
    return again(messageOf(error));
  }
};

/** The lines that differ, as a short unified diff. */
const changedLines = async (
  before: AnyObject,
  after: AnyObject,
  yaml: (object: AnyObject) => Promise<string>,
): Promise<readonly DiffLine[]> => {
  const {unifiedDiff} = await import('../../base/unified-diff.ts');
  const bare = (object: KubeObject): AnyObject => {
    const {managedFields: _owners, resourceVersion: _version, generation: _generation, ...metadata} = object.metadata;
    return {...(object as AnyObject), metadata};
  };
  return unifiedDiff(await yaml(bare(before)), await yaml(bare(after)));
};

/** Handles logs, shells and edits. */
export const sessionCommands: CommandHandler = (id, view) => {
  const [target] = view.targets();
  if (target === undefined) return undefined;
  if (id === 'pod.logs') return logsOf(target, false);
  if (id === 'pod.previous-logs') return logsOf(target, true);
  if (id === 'pod.shell')
    return guarded(view, id, [target], (asks) => (asks.length === 0 ? [shell(target)] : [askForShell(target, asks)]));
  if (id === 'object.edit') return guarded(view, id, [target], (asks) => [edit(target, asks)]);
  return undefined;
};
