// `-o yaml`.
import {writeYaml} from '../base/yaml/write.ts';
import {mustHaveKind, withEvent, type Printer} from './printer.ts';

/** Prints YAML documents, `---` before each but the first. */
export const yamlPrinter = (): Printer => {
  let printed = 0;
  return {
    print: (object, write, event) => {
      if (event === undefined || event === '') mustHaveKind(object);
      printed += 1;
      write(`${printed > 1 ? '---\n' : ''}${writeYaml(withEvent(object, event))}`);
    },
  };
};
