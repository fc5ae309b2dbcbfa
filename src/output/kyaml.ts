// `-o kyaml`.
import type {KeyOrder} from '../base/json/write.ts';
import {writeKyaml} from '../base/yaml/kyaml.ts';
import {mustHaveKind, type Printer} from './printer.ts';

/** Prints KYAML documents, each after a `---`. */
export const kyamlPrinter = (order: KeyOrder = 'sorted'): Printer => ({
  print: (object, write, event) => {
    if (event === undefined || event === '') {
      mustHaveKind(object);
      write(`---\n${writeKyaml(object, order)}\n`);
    } else write(`---\n${writeKyaml({type: event, object}, order, true)}\n`);
  },
});
