// `auth can-i --list`: the server's rules, taken apart to single verbs and put together again per type, as kubectl does.
import {TABLE_LAYOUT, TabWriter} from '../../output/tabwriter.ts';
import type {VerbContext} from '../verb.ts';

/** One rule; the fields of RBAC's PolicyRule. */
type Rule = {
  readonly verbs: readonly string[];
  readonly apiGroups?: readonly string[] | undefined;
  readonly resources?: readonly string[] | undefined;
  readonly resourceNames?: readonly string[] | undefined;
  readonly nonResourceURLs?: readonly string[] | undefined;
};

type RulesStatus = {
  readonly resourceRules?: readonly Rule[];
  readonly nonResourceRules?: readonly Rule[];
  readonly incomplete?: boolean;
  readonly evaluationError?: string;
};

/** Prints what the user may do in a namespace. */
export const listAllowed = async (context: VerbContext, namespace: string): Promise<void> => {
  const {client} = await context.cluster();
  const answer = await client.request({
    method: 'POST',
    path: '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews',
    body: {
      kind: 'SelfSubjectRulesReview',
      apiVersion: 'authorization.k8s.io/v1',
      metadata: {},
      spec: {namespace},
      status: {resourceRules: null, nonResourceRules: null, incomplete: false},
    },
    harmless: true,
  });
  const status = answer.json<{status?: RulesStatus}>().status ?? {};
  if (status.incomplete === true) context.warn(`the list may be incomplete: ${status.evaluationError ?? ''}`);
  const rules = compact([...(status.resourceRules ?? []), ...(status.nonResourceRules ?? [])].flatMap(breakDown));
  const tabs = new TabWriter((text) => void context.streams.stdout.write(text), TABLE_LAYOUT);
  if (!context.flags.bool('no-headers')) tabs.row(['Resources', 'Non-Resource URLs', 'Resource Names', 'Verbs']);
  for (const rule of rules.toSorted((a, b) => (ruleText(a) < ruleText(b) ? -1 : 1))) {
    tabs.row([typeText(rule), goList(rule.nonResourceURLs), goList(rule.resourceNames), goList(rule.verbs)]);
  }
  tabs.flush();
};

const goList = (texts: readonly string[] | undefined): string => `[${(texts ?? []).join(' ')}]`;

const breakDown = (rule: Rule): readonly Rule[] => {
  const rules: Rule[] = [];
  for (const group of rule.apiGroups ?? []) {
    for (const resource of rule.resources ?? []) {
      for (const verb of rule.verbs) {
        const names = rule.resourceNames ?? [];
        const simple = {verbs: [verb], apiGroups: [group], resources: [resource]};
        if (names.length === 0) rules.push(simple);
        else rules.push(...names.map((name) => ({...simple, resourceNames: [name]})));
      }
    }
  }
  for (const url of rule.nonResourceURLs ?? []) rules.push(...rule.verbs.map((verb) => ({verbs: [verb], nonResourceURLs: [url]})));
  return rules;
};

/** Joins rules that differ in their verb only; those for URLs stay single. */
const compact = (rules: readonly Rule[]): readonly Rule[] => {
  const single: Rule[] = [];
  const joined = new Map<string, Rule>();
  for (const rule of rules) {
    if (rule.nonResourceURLs !== undefined) {
      single.push(rule);
      continue;
    }
    const key = JSON.stringify([rule.apiGroups, rule.resources, rule.resourceNames]);
    const known = joined.get(key);
    joined.set(key, known === undefined ? rule : {...known, verbs: [...new Set([...known.verbs, ...rule.verbs])]});
  }
  return [...single, ...joined.values()];
};

// Go sorts by the text of the whole struct.
const ruleText = ({verbs, apiGroups, resources, resourceNames, nonResourceURLs}: Rule): string =>
  `&PolicyRule{Verbs:${goList(verbs)},APIGroups:${goList(apiGroups)},Resources:${goList(resources)},` +
  `ResourceNames:${goList(resourceNames)},NonResourceURLs:${goList(nonResourceURLs)},}`;

const typeText = ({resources = [], apiGroups = []}: Rule): string => {
  const [first] = resources;
  if (first === undefined) return '';
  const [plural = '', ...sub] = first.split('/');
  const group = apiGroups[0] ?? '';
  return `${plural}${group === '' ? '' : `.${group}`}${sub.length === 0 ? '' : `/${sub.join('/')}`}`;
};
