// A deck on a real cluster: the same wiring main.ts does, from a kubeconfig.
import process from 'node:process';
import type {ReflectorTiming} from '../../../src/kube/watch/timing.ts';
import {openWatchCache} from '../../../src/cache/watch-cache.ts';
import {openCluster} from '../../../src/operations/connect.ts';
import {connectionOf} from '../../../src/tui/connection.ts';
import type {Opened} from '../../../src/tui/options.ts';
import type {Place} from '../../../src/tui/session/app.ts';
import type {Deck, DeckOptions} from './deck.ts';
import {openDeck} from './deck.ts';

/** Opens a deck with a kubeconfig. */
export const openRealDeck = async (
  kubeconfig: string,
  options: Partial<DeckOptions> & {
    readonly namespaces?: readonly string[] | 'all';
    readonly readonly?: boolean;
    readonly timing?: ReflectorTiming;
    /** Namespaces known from config and earlier; the context's own when absent. */
    readonly candidates?: readonly string[];
  } = {},
): Promise<Deck> => {
  const namespaces = options.namespaces ?? 'all';
  const placeOf = (context: string, cluster: string, user: string): Place => ({
    context,
    cluster,
    user,
    namespaces,
    readonly: options.readonly === true,
  });
  const open = async (name: string): Promise<Opened> => {
    const cluster = await openCluster(
      {kubeconfig, ...(name === '' ? {} : {context: name}), readonly: options.readonly},
      // What a login program says is told by the screen, not by the test's own output.
      {transport: 'live', env: process.env, hooks: {onPluginOutput: () => {}}},
    );
    const candidates = options.candidates ?? [cluster.namespace];
    const cache = openWatchCache(cluster.client, {
      candidateNamespaces: () => candidates,
      ...(options.timing === undefined ? {} : {timing: options.timing}),
    });
    return {
      connection: connectionOf({cluster, cache, now: () => new Date()}),
      place: placeOf(cluster.context, cluster.clusterName, cluster.userName),
    };
  };
  return openDeck({...options, open, place: options.place ?? placeOf('', '', '')});
};
