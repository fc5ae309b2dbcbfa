// Kubeconfig files for the `config` verbs and for switching contexts: reading with origins, and the only way to change them.
import {editKubeconfig as edit, type KubeconfigEditor} from '../kube/kubeconfig/edit.ts';
import {emptyKubeconfig, type Kubeconfig} from '../kube/kubeconfig/model.ts';
import {defaultKubeconfigFile, kubeconfigSources, loadKubeconfig, type KubeconfigSources} from '../kube/kubeconfig/load.ts';
import type {ConnectionFlags} from './cluster.ts';
import type {Environment} from './connect.ts';

export type {Kubeconfig, Placed} from '../kube/kubeconfig/model.ts';

/** The files of the flags and the environment, in order of precedence. */
export const kubeconfigFiles = (flags: ConnectionFlags, env: Environment): KubeconfigSources =>
  kubeconfigSources(flags.kubeconfig, env);

/** The file that new stanzas go to. */
export const defaultFile = (flags: ConnectionFlags, env: Environment): string => defaultKubeconfigFile(kubeconfigFiles(flags, env));

/**
 * All files merged; each stanza knows its file, paths are as written. A `--kubeconfig` that does not exist is empty here, as
 * for kubectl's `config` commands.
 */
export const readKubeconfig = async (flags: ConnectionFlags, env: Environment): Promise<Kubeconfig> => {
  const sources = kubeconfigFiles(flags, env);
  return sources.files.length === 0 ? emptyKubeconfig() : loadKubeconfig({...sources, explicit: false});
};

/**
 * Changes kubeconfig files under their locks and resolves with what `change` returned. Comments and unknown fields stay.
 *
 * @example await editKubeconfig(flags, env, (editor) => editor.setCurrentContext('prod'));
 */
export const editKubeconfig = <T>(flags: ConnectionFlags, env: Environment, change: (editor: KubeconfigEditor) => T): Promise<T> =>
  edit(kubeconfigFiles(flags, env), change);
