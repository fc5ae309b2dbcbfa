// `events`.
import type {ParityCase} from '../case.ts';

export const cases: readonly ParityCase[] = [
  {argv: 'events --for cm/settings'},
  {argv: 'events --for configmap/umlauts --no-headers'},
  {argv: 'events --types=Warning'},
  {argv: 'events --types=warning,normal --for cm/settings'},
  {argv: 'events -A --for cm/settings', namespaced: false},
  {argv: 'events'},
  {argv: 'events -o name --for cm/settings'},
  {argv: 'events -o json --for cm/settings'},
  {argv: 'events -o yaml --for cm/umlauts'},
  {argv: 'events --for cm/none'},
  {argv: 'events -n default --for cm/none', namespaced: false},
  {argv: 'events --for settings'},
  {argv: 'events --for a/b/c'},
  {argv: 'events --for foo/x'},
  {argv: 'events --for foo.bar/x'},
  {argv: 'events --types=Bad'},
  {argv: 'events -o foo'},
  {argv: 'events --for cm/settings -w', until: /something happened\n/},
];
