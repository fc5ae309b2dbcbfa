// `edit`: objects in the user's editor, and what was changed sent as patches. Rejected edits are opened again and never lost.
import {spawn} from 'node:child_process';
import {existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {messageOf} from '../../base/errors.ts';
import {groupResourceText, type AnyObject, type Status} from '../../kube/types/object.ts';
import {withLastApplied} from '../../operations/apply/last-applied.ts';
import {editHeader, isEmptyEdit, withoutComments, withoutHeader, type EditReason} from '../../operations/edit/edit-file.ts';
import {editPatch} from '../../operations/edit/edit-patch.ts';
import {editorArguments, editorOf} from '../../operations/edit/editor.ts';
import {patchObject} from '../../operations/objects.ts';
import {readDocuments} from '../../operations/resolve/documents.ts';
import type {Info} from '../../operations/resolve/info.ts';
import {resolve} from '../../operations/resolve/resolve.ts';
import {omitManagedFields} from '../../output/managed-fields.ts';
import {cliError} from '../errors.ts';
import {
  fieldManagerFlag,
  fileFlags,
  printFlags,
  recordFlag,
  saveConfigFlag,
  subresourceFlag,
  validateFlag,
} from '../flags/bundles.ts';
import {resultPrinter, validationOf} from '../results.ts';
import type {Verb, VerbContext} from '../verb.ts';

const statusOf = (error: unknown): Status | undefined => (error as {status?: Status} | undefined)?.status;

/** Runs the editor on the user's terminal. Throws kubectl's sentence when it cannot be started or fails. */
const launch = (env: VerbContext['env'], file: string): Promise<void> =>
  new Promise((done, reject) => {
    const editor = editorOf(env);
    const child = spawn(editor.program, editorArguments(editor, file), {stdio: 'inherit', env: {...env}});
    child.on('error', () => reject(cliError(`unable to launch the editor ${JSON.stringify(editor.name)}`)));
    child.on('exit', (code) =>
      code === 0 ? done() : reject(cliError(`there was a problem with the editor ${JSON.stringify(editor.name)}`)),
    );
  });

const typeText = ({resource}: Info): string => (resource === undefined ? '' : groupResourceText(resource));

type Outcome = {readonly reasons: readonly EditReason[]; readonly retryable: number; readonly gone: number};

/** One sitting: open, save, send, and again while the server finds something wrong. */
class EditSession {
  readonly #context: VerbContext;
  readonly #infos: readonly Info[];
  readonly #folder = mkdtempSync(join(tmpdir(), 'kubectl-edit-'));
  readonly #file: string;
  readonly #extension: 'yaml' | 'json';

  constructor(context: VerbContext, infos: readonly Info[]) {
    this.#context = context;
    this.#infos = infos;
    this.#extension = context.flags.string('output') === 'json' ? 'json' : 'yaml';
    this.#file = join(this.#folder, `kubectl-edit.${this.#extension}`);
  }

  async run(): Promise<number> {
    const {streams, env} = this.#context;
    const original = await this.#text();
    let body = original;
    let reasons: readonly EditReason[] = [];
    for (;;) {
      const shown = body;
      const header = this.#extension === 'yaml' ? editHeader(reasons) : '';
      // Only this user may read it: what is edited may be a Secret.
      writeFileSync(this.#file, this.#lineEnds(`${header}${body}`), {mode: 0o600});
      try {
        await launch(env, this.#file);
      } catch (error) {
        if (body === original) this.#discard();
        else this.#tellFile();
        throw error;
      }
      const edited = readFileSync(this.#file, 'utf8').replaceAll('\r\n', '\n');
      if (reasons.length > 0 && withoutComments(edited) === withoutComments(shown))
        return this.#giveUp('Edit cancelled, no valid changes were saved.');
      if (withoutComments(edited) === withoutComments(original)) return this.#leave('Edit cancelled, no changes made.');
      if (isEmptyEdit(edited)) {
        if (validationOf(this.#context) === 'Ignore') return this.#leave('Edit cancelled, saved file was empty.');
        // kubectl finds nothing invalid and opens the file again; saving nothing twice ends it.
        streams.stderr.write(`error: ${typeText(this.#infos[0]!)} ${JSON.stringify(this.#infos[0]!.name)} is invalid\n`);
        reasons = [
          {
            head: `${typeText(this.#infos[0]!)} ${JSON.stringify(this.#infos[0]!.name)} was not valid`,
            details: ['The edited file failed validation'],
          },
        ];
        body = withoutHeader(edited);
        continue;
      }
      body = withoutHeader(edited);
      let objects: readonly AnyObject[];
      try {
        objects = await this.#read(edited);
      } catch (error) {
        reasons = [{head: `The edited file had a syntax error: ${messageOf(error)}`, details: []}];
        continue;
      }
      let outcome: Outcome;
      try {
        outcome = await this.#send(objects);
      } catch (error) {
        this.#tellFile();
        throw error;
      }
      if (outcome.retryable > 0) {
        streams.stderr.write(`You can run \`${this.#context.program} replace -f ${this.#file}\` to try this update again.\n`);
        return 1;
      }
      if (outcome.gone > 0) {
        streams.stderr.write(`The edits you made on deleted resources have been saved to ${JSON.stringify(this.#file)}\n`);
        return 1;
      }
      if (outcome.reasons.length === 0) {
        this.#discard();
        return 0;
      }
      reasons = outcome.reasons;
    }
  }

  async #text(): Promise<string> {
    const objects = this.#infos.map(({object}) => omitManagedFields(object!) as AnyObject);
    const shown = objects.length === 1 ? objects[0]! : {apiVersion: 'v1', items: objects, kind: 'List', metadata: {}};
    const {printerFor} = await import('../../output/printer-for.ts');
    let text = '';
    const printer = await printerFor({output: this.#extension, family: 'verb'});
    printer.print(shown, (part) => {
      text += part;
    });
    return text;
  }

  #lineEnds(text: string): string {
    return this.#context.flags.bool('windows-line-endings') ? text.replaceAll('\n', '\r\n') : text;
  }

  async #read(text: string): Promise<readonly AnyObject[]> {
    const objects: AnyObject[] = [];
    for await (const value of readDocuments(withoutComments(text), 'edited-file')) {
      const object = value as AnyObject & {items?: AnyObject[]};
      if (Array.isArray(object.items)) objects.push(...object.items);
      else objects.push(object);
    }
    const {discovery} = await this.#context.cluster();
    for (const object of objects) {
      if (typeof object !== 'object' || object === null || typeof object.metadata !== 'object')
        throw new Error('an object has no metadata');
      if ((await discovery.forKind(object.apiVersion ?? '', object.kind ?? '')) === undefined) {
        throw new Error(`no matches for kind ${JSON.stringify(object.kind)} in version ${JSON.stringify(object.apiVersion)}`);
      }
    }
    return objects;
  }

  async #send(objects: readonly AnyObject[]): Promise<Outcome> {
    const {flags, streams} = this.#context;
    const {client} = await this.#context.cluster();
    const print = await resultPrinter(this.#context);
    const reasons: EditReason[] = [];
    let retryable = 0;
    let gone = 0;
    for (const object of objects) {
      const info = this.#infos.find((one) => one.object?.metadata.uid === object.metadata.uid);
      if (info?.resource === undefined) throw cliError(`no original object found for ${object.kind}/${object.metadata.name}`);
      const type = typeText(info);
      const edited = flags.bool('save-config') ? withLastApplied(object) : object;
      const patch = editPatch(omitManagedFields(info.object!) as AnyObject, edited);
      if (patch === undefined) {
        print(object, 'skipped');
        continue;
      }
      if (flags.bool('output-patch')) streams.stdout.write(`Patch: ${patch.text}\n`);
      try {
        const at = {...info.resource, namespace: info.resource.namespaced ? info.namespace : undefined, name: info.name};
        const subresource = flags.string('subresource');
        const patched = await patchObject(client, at, patch.type, patch.text, {
          fieldManager: flags.string('field-manager'),
          fieldValidation: validationOf(this.#context),
          ...(subresource === '' ? {} : {subresource}),
        });
        print(patched, 'edited');
      } catch (error) {
        const status = statusOf(error);
        if (status?.reason === 'Invalid') {
          const details = (status.details?.causes ?? []).map(({field, message}) => `${field ?? ''}: ${message ?? ''}`);
          reasons.push({head: `${type} ${JSON.stringify(info.name)} was not valid`, details});
          streams.stderr.write(`error: ${type} ${JSON.stringify(info.name)} is invalid\n`);
        } else if (status?.reason === 'NotFound') {
          gone += 1;
          streams.stderr.write(`error: ${type} ${JSON.stringify(info.name)} could not be found on the server\n`);
        } else {
          retryable += 1;
          streams.stderr.write(`error: ${type} ${JSON.stringify(info.name)} could not be patched: ${messageOf(error)}\n`);
        }
      }
    }
    return {reasons, retryable, gone};
  }

  #leave(message: string): number {
    this.#discard();
    this.#context.streams.stderr.write(`${message}\n`);
    return 0;
  }

  #giveUp(message: string): never {
    this.#tellFile();
    throw cliError(message);
  }

  #tellFile(): void {
    if (existsSync(this.#file))
      this.#context.streams.stderr.write(`A copy of your changes has been stored to ${JSON.stringify(this.#file)}\n`);
  }

  #discard(): void {
    rmSync(this.#folder, {recursive: true, force: true});
  }
}

const run = async (context: VerbContext): Promise<number> => {
  const {flags, args, streams} = context;
  validationOf(context);
  const cluster = await context.cluster();
  const resolved = await resolve(cluster, {
    args,
    filenames: flags.strings('filename'),
    kustomize: flags.string('kustomize'),
    recursive: flags.bool('recursive'),
    stdin: streams.stdin as AsyncIterable<Buffer>,
    namespace: cluster.namespace,
    enforceNamespace: cluster.namespaceExplicit,
    subresource: flags.string('subresource'),
    typeAlone: true,
    latest: true,
    program: context.program,
  });
  const infos = await resolved.all();
  const objects = infos.flatMap((info): Info[] => {
    const items = (info.object as {items?: AnyObject[]} | undefined)?.items;
    if (!Array.isArray(items)) return [info];
    return items.map((object) => ({...info, object, name: object.metadata.name ?? '', namespace: object.metadata.namespace ?? ''}));
  });
  if (objects.length === 0) throw cliError('edit cancelled, no objects found');
  return new EditSession(context, objects).run();
};

export const verb: Verb = {
  name: 'edit',
  short: 'Edit a resource on the server',
  long:
    'Edit objects in the editor that KUBE_EDITOR or EDITOR names, vi otherwise. What was changed is sent as a patch, so changes that\n' +
    ' others made meanwhile to other fields stay. What the server refuses is opened again with the reason at its top.',
  examples: `
  # Edit a service
  {program} edit svc/registry

  # In another editor
  KUBE_EDITOR="nano" {program} edit svc/registry`,
  usage: '(RESOURCE/NAME | -f FILENAME)',
  flags: [
    fieldManagerFlag('kubectl-edit'),
    ...fileFlags('to use to edit the resource'),
    ...printFlags(),
    {name: 'output-patch', type: 'bool', usage: 'Print the patch that was sent.'},
    recordFlag,
    saveConfigFlag,
    subresourceFlag('Edit a subresource.'),
    validateFlag,
    {name: 'windows-line-endings', type: 'bool', usage: 'Lines end as on Windows.'},
  ],
  run,
};
