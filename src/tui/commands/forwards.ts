// Starting a port-forward: a form that offers the ports the object names, and the list of those that run.
import type {TargetObject} from '../session/app.ts';
import type {Answers} from '../components/dialog.ts';
import {dialog} from '../components/dialog.ts';
import type {Effect} from '../session/effect.ts';
import {open, send} from '../session/effect.ts';
import type {CommandHandler, SessionView} from '../session/session.ts';
import {complainAboutPort, localFor, portsOf} from '../screens/forwards/ports.ts';

const listens = (answers: Answers): string =>
  answers['local'] === 0 ? 'a free port of localhost' : `localhost:${String(answers['local'])}`;

/** Reads the object whole, because rows do not keep its ports, and asks which one. */
const forward = ({object, resource, container}: TargetObject, view: SessionView): Effect => ({
  label: 'Port-forward',
  outlives: true,
  run: async (io) => {
    const connection = io.services.connection();
    if (connection === undefined) throw new Error('there is no connection to the cluster');
    const {name = '', namespace = ''} = object.metadata;
    const whole = await connection.read(resource, {namespace, name}, io.signal);
    const ports = portsOf(whole, container);
    const taken = view.app.forwards.map(({local}) => local.port);
    const [first] = ports;
    io.send({
      type: 'overlay',
      overlay: dialog({
        title: `Forward to ${resource.singular || resource.plural} ${name}`,
        says: [
          ports.length === 0
            ? 'It names no TCP port; any port that something listens on will do.'
            : 'It names these ports; any other that something listens on will do, too.',
        ],
        preview: (answers) => [
          ...ports.map(({number, name: word, of}) => `${number}${word === undefined ? '' : ` ${word}`}, of ${of}`),
          `${listens(answers)} will lead to port ${String(answers['port']) || '?'}`,
        ],
        fields: {
          port: {type: 'text', label: 'Port', initial: first === undefined ? '' : String(first.number), check: complainAboutPort},
          local: {
            type: 'number',
            label: 'Local port, 0 for a free one',
            initial: localFor(first?.number, taken),
            min: 0,
            max: 65_535,
          },
        },
        confirm: 'Forward',
        onConfirm: (answers) => [
          {
            label: 'Port-forward',
            outlives: true,
            run: async ({services}) => {
              const now = services.connection();
              if (now !== connection) throw new Error('the connection to the cluster has changed');
              await services.forwards.start(now, {
                resource,
                object,
                port: String(answers['port']),
                local: Number(answers['local']),
              });
            },
          },
        ],
      }),
    });
  },
});

/** Handles starting and listing forwards. */
export const forwardCommands: CommandHandler = (id, view) => {
  if (id === 'app.forwards') return view.top.name === 'forwards' ? [send({type: 'back'})] : [open('forwards', {})];
  if (id !== 'object.port-forward') return undefined;
  const [target] = view.targets();
  return target === undefined ? undefined : [forward(target, view)];
};
