// `-o go-template` and its file form.
import {goSprint} from '../base/go-format.ts';
import {goQuote} from '../base/go-syntax.ts';
import {GoTemplate} from '../base/go-template/execute.ts';
import {messageOf} from '../base/errors.ts';
import {writeJson} from '../base/json/write.ts';
import {withEvent, type Printer} from './printer.ts';

/** Prints what a Go template makes of each object. Throws kubectl's message when the template is wrong. */
export const goTemplatePrinter = (
  source: string,
  options: {readonly allowMissingKeys: boolean; readonly typed?: boolean},
): Printer => {
  let template: GoTemplate;
  try {
    template = new GoTemplate(source);
  } catch (error) {
    throw new Error(`error parsing template ${source}, ${messageOf(error)}`, {cause: error});
  }
  return {
    print: (object, write, event) => {
      const data = withEvent(object, event);
      try {
        template.run(data, write, {missingKeyIsError: !options.allowMissingKeys});
      } catch (error) {
        const says = messageOf(error);
        // kubectl writes this to stdout, after what the template had printed so far.
        write(
          `Error executing template: ${says}. Printing more information for debugging the template:\n` +
            `\ttemplate was:\n\t\t${source}\n\traw data was:\n\t\t${writeJson(data, options.typed === true ? 'struct' : 'sorted')}\n` +
            `\tobject given to template engine was:\n\t\t${goSprint(data)}\n\n`,
        );
        throw new Error(`error executing template ${goQuote(source)}: ${says}`, {cause: error});
      }
    },
  };
};
