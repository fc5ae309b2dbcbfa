// `top`: figures move between two runs, so they are blanked; columns, rows and errors count.
import type {ParityCase} from '../case.ts';

const figures: ParityCase['normalise'] = [
  [/\b\d+(m|Mi|%)/g, '#'],
  [/[ ]+/g, ' '],
];

export const cases: readonly ParityCase[] = [
  {argv: 'top node', namespaced: false, normalise: figures, unordered: true},
  {argv: 'top nodes --no-headers', namespaced: false, normalise: figures, unordered: true},
  {argv: 'top node node-1', namespaced: false, normalise: figures},
  {argv: 'top node --show-capacity --sort-by=cpu node-1', namespaced: false, normalise: figures},
  {argv: 'top node node-1 --show-swap', namespaced: false, normalise: figures},
  {argv: 'top node nope', namespaced: false},
  {argv: 'top node a b', namespaced: false},
  {argv: 'top node --sort-by=x', namespaced: false},
  {argv: 'top node -l a=b node-1', namespaced: false},
  {argv: 'top pod -A', namespaced: false, normalise: figures},
  {argv: 'top pod -A --containers --sum', namespaced: false, normalise: figures},
  {argv: 'top pod -A --no-headers --sort-by=memory', namespaced: false, normalise: figures},
  {argv: 'top pod -l app=none'},
  {argv: 'top pod nope'},
  {argv: 'top pod a b'},
  {argv: 'top pod --sort-by=x'},
  {argv: 'top pod -l a=b x'},
];
