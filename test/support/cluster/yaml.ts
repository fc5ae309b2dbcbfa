// Writes plain data as block YAML, so that the kubeconfigs and settings of a run look like the ones people have.

type Plain = string | number | boolean | null | readonly Plain[] | {readonly [key: string]: Plain | undefined};

function scalar(value: string | number | boolean | null): string {
  if (typeof value !== 'string') return String(value);
  // Quoted unless it cannot be read as anything but a string.
  const isPlain =
    /^[A-Za-z/][A-Za-z0-9/._@+=-]*(:[A-Za-z0-9/._@+=-]+)*$/.test(value) && !/^(true|false|null|yes|no|on|off|y|n)$/i.test(value);
  return isPlain ? value : JSON.stringify(value);
}

function isEmpty(value: object): boolean {
  return Object.values(value).every((each) => each === undefined);
}

function block(value: Plain, indent: string): string {
  if (value === null || typeof value !== 'object') return ` ${scalar(value)}\n`;
  if (isEmpty(value)) return Array.isArray(value) ? ' []\n' : ' {}\n';
  return `\n${lines(value, indent)}`;
}

function lines(value: Extract<Plain, object>, indent: string): string {
  if (Array.isArray(value)) {
    return (value as readonly Plain[])
      .map((item) => {
        if (item === null || typeof item !== 'object' || isEmpty(item)) return `${indent}-${block(item, '')}`;
        const nested = lines(item, `${indent}  `);
        return `${indent}- ${nested.slice(indent.length + 2)}`;
      })
      .join('');
  }
  return Object.entries(value)
    .filter((entry): entry is [string, Plain] => entry[1] !== undefined)
    .map(([key, item]) => `${indent}${scalar(key)}:${block(item, Array.isArray(item) ? indent : `${indent}  `)}`)
    .join('');
}

/** The value as a YAML document. */
export function toYaml(value: Extract<Plain, object>): string {
  return lines(value, '');
}
