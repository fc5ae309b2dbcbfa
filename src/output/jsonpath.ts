// `-o jsonpath`, `jsonpath-as-json` and `jsonpath-file`.
import {messageOf} from '../base/errors.ts';
import {GoFloat} from '../base/go-number.ts';
import {goQuote, goSyntax} from '../base/go-syntax.ts';
import {JsonPath} from '../base/jsonpath/evaluate.ts';
import type {Printer} from './printer.ts';

/** How a template is run. Numbers of `typed` objects are floats, because kubectl reads them from plain JSON. */
export type JsonPathOptions = {readonly allowMissingKeys: boolean; readonly asJson?: boolean; readonly typed?: boolean};

/** Prints what a JSONPath template finds. Throws kubectl's message when the template is wrong. */
export const jsonPathPrinter = (template: string, options: JsonPathOptions): Printer => {
  let path: JsonPath;
  try {
    path = new JsonPath(template, options);
  } catch (error) {
    throw new Error(`error parsing jsonpath ${template}, ${messageOf(error)}`, {cause: error});
  }
  return {
    print: (object, write, event) => {
      // kubectl queries a watch event through JSON, so its fields are those of the event.
      const whole = event === undefined || event === '' ? object : {type: event, object};
      const data = options.typed === true ? withFloats(whole) : whole;
      try {
        write(path.print(data, {asJson: options.asJson === true}));
      } catch (error) {
        throw new Error(
          `error executing jsonpath ${goQuote(template)}: Error executing template: ${messageOf(error)}. ` +
            `Printing more information for debugging the template:\n\ttemplate was:\n\t\t${template}\n` +
            `\tobject given to jsonpath engine was:\n\t\t${goSyntax(data)}\n\n\n`,
          {cause: error},
        );
      }
    },
  };
};

const withFloats = (value: unknown): unknown => {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? new GoFloat(value) : value;
  if (typeof value === 'bigint') return Number(value);
  if (Array.isArray(value)) return value.map(withFloats);
  if (typeof value !== 'object' || value === null || value instanceof GoFloat) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withFloats(item)]));
};
