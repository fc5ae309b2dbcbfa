// Changes kubeconfig files: the only code that writes them. Comments, order and unknown fields stay as they are.
import {isMap, isSeq, type Document, type YAMLMap} from 'yaml';
import {configError} from './config-error.ts';
import {applyChange, documentText, parseDocument} from './document.ts';
import {readLocked, writeAtomically, withLocks} from './files.ts';
import {defaultKubeconfigFile, type KubeconfigSources} from './load.ts';

/** The lists of named stanzas, and the field each entry keeps its stanza in. */
export type StanzaList = 'clusters' | 'users' | 'contexts';
const FIELD = {clusters: 'cluster', users: 'user', contexts: 'context'} as const;

/** A stanza as a plain object that may be changed in place. */
export type MutableStanza = Record<string, unknown>;

/** What a change may do. Files are written when it returns, each at most once; nothing is written when it throws. */
export interface KubeconfigEditor {
  /** Changes or creates a stanza where it stands, else in the default file. */
  change(
    list: StanzaList,
    name: string,
    change: (stanza: MutableStanza) => void,
  ): {readonly created: boolean; readonly file: string};
  /** Removes a stanza; the file it stood in, or undefined when there was none. */
  remove(list: StanzaList, name: string): string | undefined;
  /** Renames a stanza in place; false when there was none. */
  rename(list: StanzaList, from: string, to: string): boolean;
  /** Sets `current-context` in the default file, or with empty text clears it where it is set. */
  setCurrentContext(name: string): void;
  /** Changes any other top-level field, such as `preferences`, in the default file. */
  setField(path: readonly string[], value: unknown): void;
  /** Plain copy of a stanza as it stands before the change; undefined when there is none. */
  get(list: StanzaList, name: string): MutableStanza | undefined;
}

/** Locks the files, lets `change` edit them, and writes what changed. Resolves with what `change` returned. */
export const editKubeconfig = async <T>(sources: KubeconfigSources, change: (editor: KubeconfigEditor) => T): Promise<T> =>
  withLocks(sources.files, async () => {
    const files = sources.files.map((file) => new EditedFile(file));
    const editor = new FilesEditor(files, defaultKubeconfigFile(sources));
    const result = change(editor);
    for (const file of files) file.save();
    return result;
  });

class EditedFile {
  readonly path: string;
  private readonly before: string;
  private opened: Document.Parsed | Document | undefined;

  constructor(path: string) {
    this.path = path;
    this.before = readLocked(path) ?? '';
  }

  get exists(): boolean {
    return this.before.trim() !== '';
  }

  get document(): Document {
    return (this.opened ??= parseDocument(this.before, this.path));
  }

  /** The entry of a list with this name. */
  entry(list: StanzaList, name: string): YAMLMap | undefined {
    const entries = this.exists || this.opened !== undefined ? this.document.get(list) : undefined;
    if (!isSeq(entries)) return undefined;
    return entries.items.find((item): item is YAMLMap => isMap(item) && item.get('name') === name);
  }

  add(list: StanzaList, name: string): YAMLMap {
    const {document} = this;
    if (!isSeq(document.get(list))) document.set(list, document.createNode([]));
    const entry = document.createNode({[FIELD[list]]: {}, name}) as YAMLMap;
    document.addIn([list], entry);
    return entry;
  }

  save(): void {
    if (this.opened === undefined) return;
    const after = documentText(this.opened, this.before);
    if (after !== this.before) writeAtomically(this.path, after);
  }
}

class FilesEditor implements KubeconfigEditor {
  private readonly files: readonly EditedFile[];
  private readonly fallback: string;

  constructor(files: readonly EditedFile[], fallback: string) {
    this.files = files;
    this.fallback = fallback;
  }

  change(
    list: StanzaList,
    name: string,
    change: (stanza: MutableStanza) => void,
  ): {readonly created: boolean; readonly file: string} {
    const owner = this.ownerOf(list, name);
    const file = owner ?? this.defaultFile();
    const entry = file.entry(list, name) ?? file.add(list, name);
    const stanza = plainStanza(entry, FIELD[list]);
    const before = structuredClone(stanza);
    change(stanza);
    applyChange(file.document, entry, [FIELD[list]], before, stanza);
    return {created: owner === undefined, file: file.path};
  }

  remove(list: StanzaList, name: string): string | undefined {
    const owner = this.ownerOf(list, name);
    const entries = owner?.document.get(list);
    if (owner === undefined || !isSeq(entries)) return undefined;
    entries.items = entries.items.filter((item) => !(isMap(item) && item.get('name') === name));
    return owner.path;
  }

  rename(list: StanzaList, from: string, to: string): boolean {
    const entry = this.ownerOf(list, from)?.entry(list, from);
    entry?.set('name', to);
    return entry !== undefined;
  }

  setCurrentContext(name: string): void {
    const setter = this.files.find((file) => file.exists && Boolean(file.document.get('current-context')));
    if (name === '') setter?.document.set('current-context', '');
    else this.defaultFile().document.set('current-context', name);
  }

  setField(path: readonly string[], value: unknown): void {
    if (value === undefined) this.defaultFile().document.deleteIn(path);
    else this.defaultFile().document.setIn(path, value);
  }

  get(list: StanzaList, name: string): MutableStanza | undefined {
    const entry = this.ownerOf(list, name)?.entry(list, name);
    return entry === undefined ? undefined : plainStanza(entry, FIELD[list]);
  }

  /** The first file that names the stanza is the one that counts. */
  private ownerOf(list: StanzaList, name: string): EditedFile | undefined {
    return this.files.find((file) => file.entry(list, name) !== undefined);
  }

  private defaultFile(): EditedFile {
    const file = this.files.find(({path}) => path === this.fallback);
    if (file === undefined) throw configError('KD-CONFIG-NO-FILE', 'no config found to write context');
    return file;
  }
}

const plainStanza = (entry: YAMLMap, field: string): MutableStanza => {
  const stanza: unknown = (entry.toJSON() as Record<string, unknown>)[field];
  return typeof stanza === 'object' && stanza !== null ? (stanza as MutableStanza) : {};
};
