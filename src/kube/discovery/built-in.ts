// Types that every supported cluster serves, known without asking, so that `get pods` is one request.
// Only long-stable versions are in the table: a word answered from it must not lead an older server to a 404.
import type {ApiResource} from '../types/object.ts';
import rows from './built-in-types.json' with {type: 'json'};
import {typeOf, type TypeRow} from './cache-file.ts';

let types: readonly ApiResource[] | undefined;

/** The built-in types in discovery order. */
export const builtInTypes = (): readonly ApiResource[] => (types ??= (rows as unknown as readonly TypeRow[]).map(typeOf));
