// Environment blocks of a container in describe.
import {parseQuantity, type Quantity, quantityMilli, quantityValue, zeroQuantity} from '../../../base/quantity.ts';
import type {KubeObject} from '../../../kube/types/object.ts';
import type {Container} from '../../../kube/types/wire.ts';
import type {DescribeWriter} from '../../describe-writer.ts';

type EnvVar = NonNullable<Container['env']>[number];

/** `Environment Variables from:` (only when used) and `Environment:`. `pod` lets field references be resolved. */
export const environmentLines = (container: Container, pod: KubeObject | undefined, out: DescribeWriter): void => {
  if (container.envFrom !== undefined && container.envFrom.length > 0) fromLines(container.envFrom, out);
  const env = container.env ?? [];
  out.line(2, ...(env.length === 0 ? ['Environment:', '<none>'] : ['Environment:']));
  for (const variable of env) variableLines(variable, container, pod, out);
};

const fromLines = (sources: NonNullable<Container['envFrom']>, out: DescribeWriter): void => {
  out.line(2, 'Environment Variables from:');
  for (const {configMapRef, secretRef, prefix = ''} of sources) {
    const reference = configMapRef ?? secretRef;
    const from = configMapRef === undefined ? (secretRef === undefined ? '' : 'Secret') : 'ConfigMap';
    out.line(
      3,
      reference?.name ?? '',
      prefix === '' ? from : `${from} with prefix '${prefix}'`,
      `Optional: ${reference?.optional === true}`,
    );
  }
};

const variableLines = (variable: EnvVar, container: Container, pod: KubeObject | undefined, out: DescribeWriter): void => {
  const {name, value = '', valueFrom} = variable;
  if (valueFrom === undefined) {
    for (const [index, line] of value.split('\n').entries()) out.line(3, index === 0 ? `${name}:` : '', line);
  } else if (valueFrom.fieldRef !== undefined) {
    const {apiVersion = '', fieldPath} = valueFrom.fieldRef;
    out.line(3, `${name}:`, `${fieldValue(pod, fieldPath)} (${apiVersion}:${fieldPath})`);
  } else if (valueFrom.resourceFieldRef !== undefined) {
    const {resource, divisor} = valueFrom.resourceFieldRef;
    const amount = resourceValue(container, resource, divisor);
    const shown = amount === '0' && (resource === 'limits.cpu' || resource === 'limits.memory') ? 'node allocatable' : amount;
    out.line(3, `${name}:`, `${shown} (${resource})`);
  } else if (valueFrom.secretKeyRef !== undefined) {
    const {key, name: secret = '', optional} = valueFrom.secretKeyRef;
    out.line(3, `${name}:`, `<set to the key '${key}' in secret '${secret}'>`, `Optional: ${optional === true}`);
  } else if (valueFrom.configMapKeyRef !== undefined) {
    const {key, name: map = '', optional} = valueFrom.configMapKeyRef;
    out.line(3, `${name}:`, `<set to the key '${key}' of config map '${map}'>`, `Optional: ${optional === true}`);
  }
};

// kubectl's scheme can convert only these two labels of a Pod; every other path prints nothing.
const fieldValue = (pod: KubeObject | undefined, path: string): string => {
  if (path === 'metadata.name') return pod?.metadata.name ?? '';
  if (path === 'metadata.namespace') return pod?.metadata.namespace ?? '';
  return '';
};

/** Value of `limits.cpu` and the like in units of the divisor, rounded up; empty for a resource kubectl does not know. */
const resourceValue = (container: Container, resource: string, divisor: string | undefined): string => {
  const [list = '', ...rest] = resource.split('.');
  const name = rest.join('.');
  const known = ['cpu', 'memory', 'ephemeral-storage'].includes(name) || name.startsWith('hugepages-');
  if (!known || (list !== 'limits' && list !== 'requests')) return '';
  const amount = quantity(container.resources?.[list]?.[name]);
  const by = quantity(divisor);
  const unit = by.nanos === 0n ? quantity('1') : by;
  const whole = name === 'cpu' ? quantityMilli(amount) / quantityMilli(unit) : quantityValue(amount) / quantityValue(unit);
  return String(Math.ceil(whole));
};

const quantity = (text: string | undefined): Quantity =>
  text === undefined ? zeroQuantity : (parseQuantity(text) ?? zeroQuantity);
