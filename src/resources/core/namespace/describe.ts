// A Namespace as kubectl describes it, with its quotas and limit ranges. kubectl shows no events here.
import {rfc1123z} from '../../../base/age.ts';
import {canonicalQuantity} from '../../../base/quantity.ts';
import type {AnyObject} from '../../../kube/types/object.ts';
import type {Namespace} from '../../../kube/types/wire.ts';
import type {DescribeWriter} from '../../describe-writer.ts';
import type {ClusterView} from '../../kind.ts';
import {compare, startLines} from '../../shared/describe/blocks.ts';
import {limitRanges, resourceQuotas} from '../../shared/refs.ts';

type Amounts = Readonly<Record<string, string>>;
type Quota = AnyObject & {spec?: {scopes?: string[]}; status?: {hard?: Amounts; used?: Amounts}};
type Limit = {
  type?: string;
  max?: Amounts;
  min?: Amounts;
  default?: Amounts;
  defaultRequest?: Amounts;
  maxLimitRequestRatio?: Amounts;
};
type LimitRange = AnyObject & {spec?: {limits?: Limit[]}};

const SCOPES: Readonly<Record<string, string>> = {
  Terminating:
    'Matches all pods that have an active deadline. These pods have a limited lifespan on a node before being actively terminated by the system.',
  NotTerminating:
    'Matches all pods that do not have an active deadline. These pods usually include long running pods whose container command is not expected to terminate.',
  BestEffort: 'Matches all pods that do not have resource requirements set. These pods have a best effort quality of service.',
  NotBestEffort:
    'Matches all pods that have at least one resource requirement set. These pods have a burstable or guaranteed quality of service.',
};

export const describe = async (namespace: Namespace, view: ClusterView, out: DescribeWriter): Promise<void> => {
  const {metadata, status} = namespace;
  const quotas = await view.list<Quota>(resourceQuotas, {namespace: metadata.name});
  const ranges = await view.list<LimitRange>(limitRanges, {namespace: metadata.name});
  startLines(namespace, out, {namespaced: false});
  out.line(0, 'Status:', status?.phase ?? '');
  const conditions = status?.conditions ?? [];
  if (conditions.length > 0) {
    out.line(0, 'Conditions:');
    out.line(1, 'Type', 'Status', 'LastTransitionTime', 'Reason', 'Message');
    out.line(1, '----', '------', '------------------', '------', '-------');
    for (const each of conditions)
      out.line(1, each.type, each.status, rfc1123z(each.lastTransitionTime), each.reason ?? '', each.message ?? '');
  }
  out.raw('\n');
  quotaLines(quotas, out);
  out.raw('\n');
  limitLines(ranges, out);
};

const quotaLines = (quotas: readonly Quota[], out: DescribeWriter): void => {
  if (quotas.length === 0) {
    out.line(0, 'No resource quota.');
    return;
  }
  out.line(0, 'Resource Quotas');
  for (const {metadata, spec, status} of quotas.toSorted((a, b) => compare(a.metadata.name ?? '', b.metadata.name ?? ''))) {
    out.line(1, 'Name:', metadata.name ?? '');
    const scopes = (spec?.scopes ?? []).toSorted();
    if (scopes.length > 0) {
      out.line(1, 'Scopes:', scopes.join(', '));
      for (const scope of scopes) if (SCOPES[scope] !== undefined) out.line(1, `* ${SCOPES[scope]}`);
    }
    out.line(1, 'Resource', 'Used', 'Hard');
    out.line(1, '--------', '---', '---');
    for (const name of Object.keys(status?.hard ?? {}).toSorted())
      out.line(1, name, canonicalQuantity(status?.used?.[name]), canonicalQuantity(status?.hard?.[name]));
  }
};

const limitLines = (ranges: readonly LimitRange[], out: DescribeWriter): void => {
  if (ranges.length === 0) {
    out.line(0, 'No LimitRange resource.');
    return;
  }
  out.line(0, 'Resource Limits');
  out.line(0, ' Type', 'Resource', 'Min', 'Max', 'Default Request', 'Default Limit', 'Max Limit/Request Ratio');
  out.line(0, ' ----', '--------', '---', '---', '---------------', '-------------', '-----------------------');
  for (const {spec} of ranges) {
    for (const {type = '', min, max, defaultRequest, default: standard, maxLimitRequestRatio} of spec?.limits ?? []) {
      const lists = [min, max, defaultRequest, standard, maxLimitRequestRatio];
      // kubectl walks a Go map here, in no order; ours is by name.
      const names = new Set(lists.flatMap((list) => Object.keys(list ?? {})));
      for (const name of [...names].toSorted())
        out.line(0, ` ${type}`, name, ...lists.map((list) => (list?.[name] === undefined ? '-' : canonicalQuantity(list[name]))));
    }
  }
};
