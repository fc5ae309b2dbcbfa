// Whether the user may open a stream, asked without opening one.
// kubectl falls back from a WebSocket (GET, the right to `get`) to SPDY (POST, the right to `create`), so its last word is about the latter.
import type {KubeClient, KubeRequest} from '../kube/client.ts';
import {StatusError} from '../kube/status-error.ts';

/** The server's refusal of a POST to an upgrade endpoint; undefined when it only misses the upgrade itself. */
export const refusalOfUpgrade = async (
  client: KubeClient,
  request: Pick<KubeRequest, 'path' | 'query' | 'signal'>,
): Promise<StatusError | undefined> => {
  try {
    // Without the upgrade headers nothing is run or forwarded.
    await client.request({...request, method: 'POST', harmless: true});
    return undefined;
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    return error.httpStatus === 403 || error.httpStatus === 404 ? error : undefined;
  }
};
