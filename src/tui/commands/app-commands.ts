// What the commands that work everywhere do.
import type {Effect} from '../session/effect.ts';
import {open, overlay, send, toast} from '../session/effect.ts';
import type {CommandHandler, SessionView} from '../session/session.ts';
import {pickFrom} from '../components/picker.ts';
import {linkTone} from '../components/header.ts';
import {journalCommands} from '../journal/commands.ts';
import {prompt} from '../prompt/prompt.ts';
import {namespacePicker} from '../prompt/namespace-picker.ts';

const themePicker = (view: SessionView): Effect => ({
  label: 'Themes',
  run: async ({services, send: tell}) => {
    const names = await services.themes();
    const choices = names.map((name) => ({
      title: name,
      current: name === view.app.look.theme.name,
      run: () => [send({type: 'theme', name})],
    }));
    tell({type: 'overlay', overlay: pickFrom('Theme', choices)});
  },
});

const logIn: Effect = {
  label: 'Log in',
  outlives: true,
  run: async ({services, send: tell}) => {
    const connection = services.connection();
    if (connection?.cluster.logIn === undefined) {
      tell({type: 'toast', toast: {tone: 'idle', text: 'There is nothing to log in to: the credentials stand in the kubeconfig'}});
      return;
    }
    await connection.cluster.logIn();
    connection.cache.retryNow();
    tell({type: 'toast', toast: {tone: 'ok', text: 'Logged in again'}});
  },
};

/** Commands of the whole program. */
export const appCommands: CommandHandler = (id, view) => {
  const {app} = view;
  const recent = /^namespace[.]recent-(\d)$/.exec(id)?.[1];
  if (recent !== undefined) {
    const namespace = app.recentNamespaces[Number(recent) - 1];
    return namespace === undefined
      ? [
          toast(
            'idle',
            `There is no recent namespace ${recent} yet; ${app.registry.keyOf('namespace.choose') ?? ':ns'} chooses one`,
          ),
        ]
      : [send({type: 'namespaces', namespaces: [namespace]})];
  }
  switch (id) {
    case 'app.open-prompt':
      return [overlay(prompt(app))];
    case 'app.help':
      return view.top.name === 'help' ? [send({type: 'back'})] : [open('help', {about: app.situation()})];
    case 'app.quit':
      return [send({type: 'quit'})];
    case 'app.repaint':
      return [{label: 'Repaint', run: ({services}) => Promise.resolve(services.terminal.repaint())}];
    case 'app.suspend':
      return [{label: 'Suspend', outlives: true, run: ({services}) => services.terminal.stop()}];
    case 'app.history-back':
      view.locations.goBack();
      return [];
    case 'app.history-forward':
      view.locations.goForward();
      return [];
    case 'app.last-view':
      view.locations.goLast();
      return [];
    case 'app.retry':
      app.connection?.cache.retryNow();
      return app.connection === undefined ? [send({type: 'context', name: app.place.context})] : [toast('busy', 'Trying again')];
    case 'app.log-in':
      return [logIn];
    case 'app.toggle-header':
      view.toggles.header();
      return [];
    case 'list.wide':
      view.toggles.wide();
      return [];
    case 'app.connection':
      return [toast(linkTone[app.link.is], app.link.says)];
    case 'app.choose-theme':
      return [view.argument === undefined ? themePicker(view) : send({type: 'theme', name: view.argument})];
    case 'app.kinds':
      return view.top.name === 'kinds' ? [send({type: 'back'})] : [open('kinds', {})];
    case 'app.contexts':
      return view.top.name === 'contexts' ? [] : [open('contexts', {})];
    case 'namespace.choose':
      return [overlay(namespacePicker())];
    case 'namespace.all':
      return [send({type: 'namespaces', namespaces: 'all'})];
    default:
      return journalCommands(id, view);
  }
};
