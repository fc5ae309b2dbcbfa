// A view of the cluster that asks each question once: many rules ask the same things.
import type {ClusterView} from '../resources/kind.ts';

/** Remembers the answers for as long as one diagnosis takes. Failures are remembered too. */
export const rememberingView = (view: ClusterView): ClusterView => {
  const answers = new Map<string, Promise<unknown>>();
  const once = <T>(question: unknown, ask: () => Promise<T>): Promise<T> => {
    const key = JSON.stringify(question);
    const known = answers.get(key) as Promise<T> | undefined;
    if (known !== undefined) return known;
    const answer = ask();
    answers.set(key, answer);
    return answer;
  };
  const {lastLog} = view;
  return {
    now: view.now,
    list: (ref, options) => once(['list', ref, options], () => view.list(ref, options)),
    get: (ref, at) => once(['get', ref, at], () => view.get(ref, at)),
    eventsOf: (object) => once(['events', object.metadata.uid, object.metadata.name], () => view.eventsOf(object)),
    ...(lastLog === undefined ? {} : {lastLog: (pod, of) => once(['log', pod.metadata.uid, of], () => lastLog(pod, of))}),
  };
};
