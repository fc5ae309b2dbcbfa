// Commands that plugins bring in: run with what the user stands on, and told apart from kdeck's own when they fail.
import {messageOf} from '../../base/errors.ts';
import {cleanLine} from '../../base/text.ts';
import type {PluginCommand} from '../../plugins/api/index.ts';
import type {CommandHandler} from '../session/session.ts';

/** Commands of plugins, and the handler that runs them. */
export class PluginCommands {
  readonly #known = new Map<string, {readonly command: PluginCommand; readonly plugin: string}>();

  add(command: PluginCommand, plugin: string): void {
    this.#known.set(command.id, {command, plugin});
  }

  readonly handle: CommandHandler = (id, view) => {
    const known = this.#known.get(id);
    if (known === undefined) return undefined;
    const {command, plugin} = known;
    const {context, namespaces} = view.app.place;
    const objects = view.targets().map(({object}) => object);
    const argument = view.argument ?? '';
    return [
      {
        label: command.title,
        run: async (io) => {
          const connection = io.services.connection();
          if (connection === undefined) throw new Error('there is no connection to the cluster');
          try {
            await command.run({
              context,
              namespaces,
              argument,
              objects,
              view: connection.view,
              signal: io.signal,
              tell: (text, tone = 'ok') => {
                if (!io.signal.aborted) io.send({type: 'toast', toast: {tone, text: cleanLine(text)}});
              },
              show: (title, text) => {
                if (!io.signal.aborted) io.send({type: 'open', screen: 'text', params: {title: cleanLine(title), text}});
              },
            });
          } catch (error) {
            if (io.signal.aborted) return;
            const text = `The plugin ${plugin} could not do this: ${cleanLine(messageOf(error))}`;
            io.send({type: 'toast', toast: {tone: 'bad', text}});
          }
        },
      },
    ];
  };
}
