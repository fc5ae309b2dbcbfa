// What a list says when it has no rows: why, and what to do. An empty screen without a reason is a question.
import {namespacesText} from '../../components/breadcrumb.ts';
import type {App, At, OpenTable} from '../../session/app.ts';
import {isLoginError, reasonOf} from '../../session/link.ts';
import type {KnownKind} from '../../session/catalogue.ts';
import type {KdeckError} from '../../../base/errors.ts';
import {cleanLine} from '../../../base/text.ts';
import {wrap} from '../../text/cells.ts';
import type {Token} from '../../theme/tokens.ts';
import {deniedText, limitsOf, limitsText, namesText} from './limits.ts';
import type {ListParams} from './list.ts';

type Saying = {readonly token: Token; readonly title: string; readonly more: readonly string[]};

/** What an error advises: sentences as they are, command lines told apart. */
const triesOf = ({tryThis}: KdeckError): readonly string[] =>
  tryThis.map((text) => (text.endsWith('.') ? text : `Try \`${text}\`.`));

/** What to try where nothing may be listed. */
const waysOut = (app: App, {resource}: KnownKind): readonly string[] => {
  if (resource.namespaced)
    return [
      `${app.registry.keyOf('namespace.choose') ?? ':ns'} or :ns NAME opens a namespace you may read; kdeck remembers it.`,
      'config.yaml can name more: `namespaces: [shop, web]`.',
    ];
  return resource.plural === 'namespaces' && resource.group === '' ? [':ns NAME opens a namespace whose name you know.'] : [];
};

const saying = (at: At, params: ListParams, table: OpenTable | undefined, known: KnownKind | undefined): Saying => {
  const {app} = at;
  const {link} = app;
  const plural = known?.resource.plural ?? params.kind;
  if (link.is === 'connecting') return {token: 'muted', title: 'Connecting ...', more: []};
  if (table === undefined && (link.is === 'failed' || link.is === 'expired'))
    return {
      token: 'tone.bad',
      title: link.is === 'expired' ? 'The login has expired' : 'No connection to the cluster',
      more: [link.says, `${app.registry.keyOf('app.contexts') ?? ':ctx'} chooses another context.`],
    };
  if (known === undefined)
    return {
      token: 'muted',
      title: app.kinds.complete ? `This cluster does not serve ${params.kind}` : 'Asking the cluster what it serves ...',
      more: [],
    };
  const phase = table?.phase;
  const limits = limitsOf(table);
  const tried = table?.instead?.namespaces ?? [];
  if (phase?.is === 'denied')
    return {
      token: 'tone.warn',
      title: `You may not list ${plural} ${limits === undefined ? 'here' : `in ${deniedText(limits)}`}`,
      more: [
        (table?.instead?.error ?? phase.error).message,
        ...(tried.length === 0 ? [] : [`Nor in ${namesText(tried)}, which kdeck tried instead.`]),
        ...triesOf(phase.error),
        ...waysOut(app, known),
      ],
    };
  if (phase?.is === 'stale' && isLoginError(phase.error))
    return {
      token: 'tone.bad',
      title: 'The login has expired',
      more: [
        reasonOf(phase.error),
        ...triesOf(phase.error),
        `kdeck goes on trying; ${app.registry.keyOf('app.log-in') ?? ':login'} logs in now, ${app.registry.keyOf('app.contexts') ?? ':ctx'} chooses another context.`,
      ],
    };
  if (phase?.is === 'stale' && table?.model.total === 0)
    return {
      token: 'tone.warn',
      title: 'The cluster does not answer',
      more: [
        phase.error.message,
        ...triesOf(phase.error),
        `kdeck goes on trying; ${app.registry.keyOf('app.retry') ?? ':retry'} tries now, ${app.registry.keyOf('app.contexts') ?? ':ctx'} chooses another context.`,
      ],
    };
  if (phase?.is === 'absent') return {token: 'muted', title: `This cluster does not serve ${plural}`, more: []};
  if (phase === undefined || phase.is === 'loading') return {token: 'muted', title: 'Loading ...', more: []};
  const {model} = table ?? {};
  if (model !== undefined && model.total > 0)
    return {
      token: 'muted',
      title: `None of ${model.total} ${plural} matches`,
      more: [`${app.registry.keyOf('app.back') ?? 'esc'} shows all again.`],
    };
  if (limits !== undefined && limits.shown.length > 0)
    return {
      token: 'tone.warn',
      title: `No ${plural} in ${namesText(limits.shown)}`,
      more: [`${limitsText(plural, limits)}.`, ...waysOut(app, known)],
    };
  const where = known.resource.namespaced && params.of === undefined ? ` in ${namespacesText(params.namespaces)}` : '';
  const more =
    known.resource.namespaced && params.namespaces !== 'all' && params.of === undefined
      ? [`${app.registry.keyOf('namespace.all') ?? '0'} looks in all namespaces.`]
      : [];
  return {token: 'muted', title: `No ${plural}${where}`, more};
};

/** Lines for the body of a list without rows. */
export const emptyLines = (
  at: At,
  params: ListParams,
  table: OpenTable | undefined,
  known: KnownKind | undefined,
): readonly string[] => {
  const {token, title, more} = saying(at, params, table, known);
  const {look} = at.app;
  const width = Math.min(at.body.columns - 6, 90);
  return [
    '',
    `   ${look.paint(title, token)}`,
    ...more.flatMap((sentence) => wrap(cleanLine(sentence), width)).map((line) => `   ${look.paint(line, 'muted')}`),
  ];
};
