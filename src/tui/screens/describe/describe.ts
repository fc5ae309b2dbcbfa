// An object described as kubectl does, in colour.
import {colourDescribe} from '../text/colour.ts';
import type {ObjectParams} from '../text/target.ts';
import {objectCrumb, readTarget} from '../text/target.ts';
import {textScreen} from '../text/text-screen.ts';

export const describeScreen = textScreen<ObjectParams, undefined>({
  name: 'describe',
  crumb: (params, app) => objectCrumb('Describe', params, app),
  initial: undefined,
  kind: ({kind}) => kind,
  load: async (params, _more, io, app) => {
    const about = await readTarget(params, io, app);
    const connection = io.services.connection();
    const text = (await connection?.describe(about.object, about.kind)) ?? '';
    return {lines: colourDescribe(text), about};
  },
});
