// Commands on objects of any kind.
import type {Command} from '../command.ts';

const group = 'Object';
const on = ['list', 'describe', 'manifest', 'diagnosis'] as const;

export const objectCommands: readonly Command[] = [
  {id: 'object.describe', title: 'Describe', summary: 'Describes the object as kubectl does.', group, keys: ['d'], when: {screen: ['list', 'manifest', 'diagnosis'], selection: 'one'}, hint: 20},
  {id: 'object.manifest', title: 'YAML', summary: 'Shows the object as YAML.', group, keys: ['y'], when: {screen: ['list', 'describe', 'diagnosis'], selection: 'one'}, hint: 21},
  {id: 'object.diagnose', title: 'Why', summary: 'Says in plain words what is wrong with the object, and what to try.', group, keys: ['shift+w'], aliases: ['why'], when: {screen: ['list', 'describe', 'manifest'], selection: 'one'}, hint: 22},
  {id: 'object.events', title: 'Events', summary: 'Shows the events of the object.', group, keys: ['v'], when: {screen: on, selection: 'one'}, hint: 23},
  {id: 'object.owner', title: 'Owner', summary: 'Goes to the object that owns this one.', group, keys: ['shift+j'], when: {screen: on, selection: 'one'}},
  {id: 'object.delete', title: 'Delete', summary: 'Deletes the marked objects, after showing what goes.', group, keys: ['ctrl+d'], when: {screen: on, selection: 'some', writable: true}, danger: 'destroys', hint: 50},
  {id: 'pod.node', title: 'Node', summary: 'Goes to the node the pod runs on.', group, keys: ['o'], when: {screen: on, kind: ['pods'], selection: 'one'}},
  {id: 'deployment.replica-sets', title: 'ReplicaSets', summary: 'Shows the ReplicaSets of the Deployment: its revisions.', group, keys: ['z'], when: {screen: on, kind: ['deployments.apps'], selection: 'one'}, hint: 30},
  {id: 'namespace.use', title: 'Use', summary: 'Makes this the namespace to look at, and stays here.', group, keys: ['u'], when: {screen: ['list'], kind: ['namespaces'], selection: 'one'}, hint: 10},
  {id: 'open.pods', title: 'Pods', summary: 'Shows the pods of the object.', group, when: {screen: on, kind: ['deployments.apps', 'replicasets.apps', 'statefulsets.apps', 'daemonsets.apps', 'jobs.batch', 'services', 'nodes', 'namespaces'], selection: 'one'}},
  {id: 'open.jobs', title: 'Jobs', summary: 'Shows the jobs the CronJob started.', group, when: {screen: on, kind: ['cronjobs.batch'], selection: 'one'}},
  {id: 'open.containers', title: 'Containers', summary: 'Shows the containers of the pod.', group, when: {screen: on, kind: ['pods'], selection: 'one'}},
];
