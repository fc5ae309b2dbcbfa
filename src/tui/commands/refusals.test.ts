import {expect, test} from 'vitest';
import {KdeckError} from '../../base/errors.ts';
import {refusalOf, withoutValues} from './refusals.ts';

test.each([
  [
    'KD-SERVER-FORBIDDEN',
    'deployments.apps "web" is forbidden: User "jane" cannot patch resource "deployments/scale" in API group "apps" in the namespace "shop"',
    'jane may not change the scale of deployments in shop; ask for the right that kubectl auth can-i patch deployments.apps --subresource=scale -n shop checks',
  ],
  [
    'KD-SERVER-FORBIDDEN',
    'pods "web" is forbidden: User "jane" cannot get resource "pods/exec" in API group "" in the namespace "shop"',
    'jane may not open a shell in pods in shop; ask for the right that kubectl auth can-i get pods --subresource=exec -n shop checks',
  ],
  [
    'KD-SERVER-FORBIDDEN',
    'nodes "n1" is forbidden: User "jane" cannot delete resource "nodes" in API group "" at the cluster scope',
    'jane may not delete nodes in the whole cluster; ask for the right that kubectl auth can-i delete nodes checks',
  ],
  // What a policy says is for the person, as it stands.
  ['KD-SERVER-FORBIDDEN', 'pods "web" is forbidden: exceeded quota: small', 'pods "web" is forbidden: exceeded quota: small'],
  [
    'KD-SERVER-NOT-FOUND',
    'deployments.apps "web" not found',
    'it is gone by now; somebody deleted it, or it was replaced by another one',
  ],
  ['KD-SERVER-NOT-FOUND', 'the server could not find the requested resource', 'the server could not find the requested resource'],
  [
    'KD-SERVER-CONFLICT',
    'Operation cannot be fulfilled on deployments.apps "web": the object has been modified; please apply your changes to the latest version and try again',
    'somebody changed it at the same moment, so nothing was done; look again and repeat it',
  ],
  [
    'KD-SERVER-CONFLICT',
    'Operation cannot be fulfilled on Pod "web": the UID in the precondition (a) does not match the UID in record (b). The object might have been deleted and then recreated',
    'another object has this name by now, so it was left alone; look again before you repeat it',
  ],
  [
    'KD-SCALE-PRECONDITION',
    'Expected replicas to be 5, was 3',
    'somebody scaled it to 3 since, so it was left alone; scale it yourself if you still want to',
  ],
  ['KD-SERVER-UNAUTHORIZED', 'Unauthorized', 'the login is no longer valid; :login renews it'],
  [
    'KD-CONNECTION-RESET',
    'The server closed the connection.',
    'The server closed the connection; what was asked may not have arrived',
  ],
  ['KD-ELSEWHERE', 'it rains', 'it rains'],
])('%s: %s', (code, message, says) => {
  expect(refusalOf(new KdeckError(code, message))).toBe(says);
});

test('words around what the server said do not hide it', () => {
  const cause = new KdeckError('KD-SERVER-NOT-FOUND', 'deployments.apps "web" not found');
  expect(refusalOf(new KdeckError('KD-ROLLOUT-RESTORE', 'failed restoring revision 3: …', {cause}))).toMatch(/^it is gone/);
});

test('values the server repeats are not kept', () => {
  const said = 'Secret "s" is invalid: patch: Invalid value: "{\\"data\\":{\\"password\\":\\"aHVudGVyMg==\\"}}": illegal base64';
  expect(withoutValues(said)).toBe('Secret "s" is invalid: patch: Invalid value: (not shown): illegal base64');
  // Cut off in the middle.
  expect(withoutValues('Invalid value: "hunter2')).not.toContain('hunter2');
});
