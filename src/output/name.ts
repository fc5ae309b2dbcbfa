// `-o name`, and the one-line results of verbs such as `deployment.apps/web scaled`.
import {isList, mustHaveKind, type Printer} from './printer.ts';

/** `kind.group/name` of an object, the kind in lower case. */
export const objectName = (object: object): string => {
  const {apiVersion = '', kind = '', metadata} = object as {apiVersion?: string; kind?: string; metadata?: {name?: string}};
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  const type = (kind === '' ? '<unknown>' : kind).toLowerCase();
  const name = metadata?.name === undefined || metadata.name === '' ? '<unknown>' : metadata.name;
  return group === '' ? `${type}/${name}` : `${type}.${group}/${name}`;
};

/** Prints one line an object; with an operation, the sentence a verb ends with. */
export const namePrinter = (operation = ''): Printer => {
  const printer: Printer = {
    print: (object, write) => {
      if (isList(object)) {
        for (const item of object.items) printer.print(item, write);
        return;
      }
      mustHaveKind(object);
      write(`${objectName(object)}${operation === '' ? '' : ` ${operation}`}\n`);
    },
  };
  return printer;
};
