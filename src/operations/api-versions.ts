// Which groups and versions a server has, asked afresh.
import type {KubeClient} from '../kube/client.ts';

type GroupList = {
  readonly groups?: readonly {readonly name: string; readonly versions?: readonly {readonly groupVersion: string}[]}[];
};
type Versions = {readonly versions?: readonly string[]};

/** All `group/version` texts, the core group as `v1` only, sorted. */
export const apiVersionsOf = async (client: KubeClient): Promise<readonly string[]> => {
  const [core, groups] = await Promise.all([client.request({path: '/api'}), client.request({path: '/apis'})]);
  const versions = [
    ...(core.json<Versions>().versions ?? []),
    ...(groups.json<GroupList>().groups ?? []).flatMap((group) => (group.versions ?? []).map(({groupVersion}) => groupVersion)),
  ];
  return versions.toSorted();
};
