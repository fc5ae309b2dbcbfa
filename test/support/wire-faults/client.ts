// Clients of faulty servers, opened the way the program opens them: from a kubeconfig.
import {resolveConnection, type ConnectionOverrides} from '../../../src/kube/kubeconfig/connection.ts';
import {parseKubeconfig} from '../../../src/kube/kubeconfig/read.ts';
import type {HttpKubeClient} from '../../../src/kube/kube-client.ts';
import {openClient, type ClientOptions} from '../../../src/kube/open-client.ts';

/** A client for the text of a kubeconfig. Nothing of the process's environment reaches it. */
export const clientFor = async (
  kubeconfig: string,
  options: Partial<ClientOptions> = {},
  overrides: ConnectionOverrides = {},
): Promise<HttpKubeClient> => {
  const env = options.env ?? {};
  const connection = resolveConnection(await parseKubeconfig(kubeconfig, ''), overrides, env);
  return openClient(connection, {transport: 'once', ...options, env});
};
