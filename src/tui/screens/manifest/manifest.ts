// An object as YAML: the whole of it, fresh from the server. Secret values stay masked until a key reveals them.
import type {AnyObject} from '../../../kube/types/object.ts';
import {colourYaml} from '../text/colour.ts';
import type {ObjectParams} from '../text/target.ts';
import {objectCrumb, readTarget} from '../text/target.ts';
import {textScreen} from '../text/text-screen.ts';

type More = {readonly managed: boolean; readonly revealed: boolean};

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Drops managedFields: nobody reads them, and they are longer than the rest. */
const withoutManaged = (object: AnyObject): AnyObject => {
  const {managedFields: _managed, ...metadata} = object.metadata;
  return {...object, metadata};
};

const decoded = (value: unknown): unknown => {
  if (typeof value !== 'string') return value;
  const bytes = Buffer.from(value, 'base64');
  const text = bytes.toString('utf8');
  // Binary stays base64: decoded bytes would be noise, and not what the Secret holds.
  return Buffer.from(text, 'utf8').equals(bytes) ? text : value;
};

/** A Secret with its values hidden, or in clear text. The copy in last-applied is hidden too. */
export const maskSecret = (object: AnyObject, revealed: boolean): AnyObject => {
  const masked = (map: unknown): unknown =>
    isMap(map)
      ? Object.fromEntries(Object.entries(map).map(([key, value]) => [key, revealed ? decoded(value) : sizeText(value)]))
      : map;
  const annotations = object.metadata.annotations;
  const applied = 'kubectl.kubernetes.io/last-applied-configuration';
  const hidden =
    annotations?.[applied] === undefined || revealed
      ? object.metadata
      : {...object.metadata, annotations: {...annotations, [applied]: '(hidden, it holds values)'}};
  const {data, stringData, ...rest} = object;
  return {
    ...rest,
    ...(data === undefined ? {} : {data: masked(data)}),
    ...(stringData === undefined ? {} : {stringData: masked(stringData)}),
    metadata: hidden,
  };
};

const sizeText = (value: unknown): string => {
  const bytes = typeof value === 'string' ? Buffer.from(value, 'base64').length : 0;
  return `(hidden, ${bytes} ${bytes === 1 ? 'byte' : 'bytes'})`;
};

export const manifestScreen = textScreen<ObjectParams, More>({
  name: 'manifest',
  crumb: (params, app) => objectCrumb('YAML', params, app),
  initial: {managed: false, revealed: false},
  kind: ({kind}) => kind,
  load: async (params, more, io, app) => {
    const about = await readTarget(params, io, app);
    const whole = more.managed ? about.object : withoutManaged(about.object);
    const shown = params.kind === 'secrets' ? maskSecret(whole, more.revealed) : whole;
    const text = (await io.services.connection()?.yaml(shown)) ?? '';
    return {lines: colourYaml(text), about};
  },
  command: (id, more) => {
    if (id === 'manifest.managed-fields') return {...more, managed: !more.managed};
    if (id === 'secret.reveal') return {...more, revealed: !more.revealed};
    return undefined;
  },
});
