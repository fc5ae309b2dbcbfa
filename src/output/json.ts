// `-o json`.
import {writeJson, writeJsonIndented, type KeyOrder} from '../base/json/write.ts';
import {mustHaveKind, withEvent, type Printer} from './printer.ts';

/** Prints indented JSON; watch events as one line each. */
export const jsonPrinter = (order: KeyOrder = 'sorted'): Printer => ({
  print: (object, write, event) => {
    if (event !== undefined && event !== '') {
      write(`{"type":${writeJson(event)},"object":${writeJson(object, order)}}\n`);
      return;
    }
    mustHaveKind(withEvent(object, event));
    write(`${writeJsonIndented(object, order)}\n`);
  },
});
