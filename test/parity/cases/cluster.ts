// `version`, `api-resources`, `api-versions`, `cluster-info`.
import type {ParityCase} from '../case.ts';

const unscoped = (cases: readonly ParityCase[]): readonly ParityCase[] => cases.map((one) => ({namespaced: false, ...one}));

export const cases: readonly ParityCase[] = unscoped([
  {argv: 'version'},
  {argv: 'version --client'},
  {argv: 'version --client foo'},
  {argv: 'version foo'},
  {argv: 'version -o xml'},
  // The client's commit and compiler are Go's; only the server's part is compared
  {argv: 'version -o yaml', normalise: [[/clientVersion:[\s\S]*?kustomizeVersion/, 'kustomizeVersion']]},
  {argv: 'version -o json', normalise: [[/"clientVersion":[\s\S]*?"kustomizeVersion"/, '"kustomizeVersion"']]},
  {argv: 'version -s http://127.0.0.1:1'},
  {argv: 'api-versions'},
  {argv: 'api-versions foo'},
  {argv: 'api-resources'},
  {argv: 'api-resources -o wide'},
  {argv: 'api-resources -o name'},
  {argv: 'api-resources --api-group=apps -o json'},
  {argv: 'api-resources --api-group= -o yaml'},
  {argv: 'api-resources --namespaced=false'},
  {argv: 'api-resources --namespaced --verbs=list,delete --no-headers'},
  {argv: 'api-resources --api-group=apps'},
  {argv: 'api-resources --api-group='},
  {argv: 'api-resources --categories=all --sort-by=kind'},
  {argv: 'api-resources --sort-by=name --cached'},
  {argv: 'api-resources --sort-by=age'},
  {argv: 'api-resources -o foo'},
  {argv: 'api-resources foo'},
  {argv: 'cluster-info'},
  {argv: 'cluster-info --as nobody'},
]);
