// What is wrong with an object, in plain words: cause first, what it rests on, and what to do with one key. It keeps up with
// the cluster while it is open: what was going on a moment ago may be broken now, or healed.
import {setTimeout as pause} from 'node:timers/promises';
import type {Finding, ObjectRef} from '../../../resources/kind.ts';
import {messageOf} from '../../../base/errors.ts';
import {ageText} from '../../../base/age.ts';
import type {At, TargetObject} from '../../session/app.ts';
import type {Effect, Io} from '../../session/effect.ts';
import {open, send, toast} from '../../session/effect.ts';
import type {Step} from '../../session/screen.ts';
import {screen} from '../../session/screen.ts';
import {cleanLine} from '../../../base/text.ts';
import {wrap} from '../../text/cells.ts';
import {span} from '../../text/line.ts';
import type {ObjectParams} from '../text/target.ts';
import {objectCrumb, readTarget} from '../text/target.ts';
import type {App} from '../../session/app.ts';

type State = {
  readonly findings: readonly Finding[] | undefined;
  readonly health: {readonly tone: 'ok' | 'busy' | 'warn' | 'bad' | 'idle'; readonly reason: string} | undefined;
  readonly problem: string | undefined;
  readonly about: TargetObject | undefined;
  /** Index among all suggestions. */
  readonly cursor: number;
  readonly top: number;
};

type Suggestion = {readonly text: string; readonly command?: string; readonly target?: ObjectRef; readonly object: ObjectRef};

const suggestionsOf = (state: State): readonly Suggestion[] =>
  (state.findings ?? []).flatMap(({tryThis, object}) => tryThis.map((one) => ({...one, object})));

type Answer = Pick<State, 'about' | 'health' | 'findings' | 'problem'>;

const diagnose = async (params: ObjectParams, app: App, io: Io): Promise<Answer> => {
  const about = await readTarget(params, io, app);
  const connection = io.services.connection();
  const health = about.kind?.health?.(about.object, {now: connection?.view.now() ?? app.now});
  const findings = about.kind === undefined || connection === undefined ? [] : await connection.diagnose(about.object, about.kind);
  return {about, health, findings, problem: undefined};
};

const load = (params: ObjectParams, app: App): Effect => ({
  label: 'Diagnose',
  run: async (io) => {
    try {
      io.reply(await diagnose(params, app, io));
    } catch (error) {
      if (!io.signal.aborted) io.reply({problem: messageOf(error)});
    }
  },
});

/** Seconds until the cluster is asked again: soon after something changed, seldom when nothing does. */
const askAgainAfter = [2, 3, 5, 8, 15] as const;

const keepUp = (params: ObjectParams, app: App): Effect => ({
  label: 'Diagnose again',
  background: true,
  run: async (io) => {
    let said = '';
    for (let quiet = 0; ; quiet = Math.min(quiet + 1, askAgainAfter.length - 1)) {
      try {
        await pause((askAgainAfter[quiet] ?? 15) * 1000, undefined, {signal: io.signal, ref: false});
        const answer = await diagnose(params, app, io);
        const says = JSON.stringify([answer.about?.object.metadata.resourceVersion, answer.health, answer.findings]);
        if (says === said) continue;
        said = says;
        quiet = -1;
        io.reply(answer);
      } catch {
        // What is on screen stays, and the header tells how the connection is; the object may be gone, too.
        if (io.signal.aborted) return;
      }
    }
  },
});

/** Runs a suggestion: on the object itself at once, elsewhere by going there first. */
const follow = (suggestion: Suggestion, state: State, at: At): readonly Effect[] => {
  const target = suggestion.target ?? suggestion.object;
  const known = at.app.kinds.forKind(target.group, target.kind);
  const isHere =
    state.about !== undefined && state.about.resource.kind === target.kind && state.about.object.metadata.name === target.name;
  if (isHere && suggestion.command !== undefined) return [send({type: 'command', id: suggestion.command})];
  if (known === undefined) return [toast('idle', suggestion.text)];
  const params = {kind: known.key, namespace: target.namespace, name: target.name};
  if (suggestion.command === undefined) return [open('describe', params)];
  // The action's own question opens on the screen of its object.
  return [open('diagnosis', {...params, then: suggestion.command})];
};

type Params = ObjectParams & {readonly then?: string};

type Drawn = {readonly text: string; readonly suggestion?: number};

const linesOf = (state: State, at: At): readonly Drawn[] => {
  const {look, now} = at.app;
  const {glyphs} = look;
  const width = Math.min(at.body.columns - 8, 110);
  const lines: Drawn[] = [{text: ''}];
  const findings = state.findings ?? [];
  // The first finding often says the same as the health, with more to it.
  if (state.health !== undefined && !findings.some(({says}) => says === state.health?.reason)) {
    const [first = '', ...rest] = wrap(cleanLine(state.health.reason), width);
    lines.push(
      {text: `  ${look.sign(state.health.tone)} ${look.paint(first, `tone.${state.health.tone}`)}`},
      ...rest.map((line) => ({text: `    ${line}`})),
      {text: ''},
    );
  }
  if (findings.length === 0) {
    const says =
      state.health?.tone === 'ok' || state.health === undefined
        ? 'Nothing is wrong as far as kdeck can see.'
        : 'kdeck knows no more about it. The events and the description may.';
    lines.push({text: `    ${look.paint(says, 'muted')}`});
  }
  let number = 0;
  for (const finding of findings) {
    const [first = '', ...rest] = wrap(cleanLine(finding.says), width);
    const since = finding.since === undefined ? '' : look.paint(`  for ${ageText(finding.since, now)}`, 'muted');
    lines.push({text: `  ${look.sign(finding.tone)} ${look.paint(first, 'title')}${rest.length === 0 ? since : ''}`});
    for (const [index, line] of rest.entries())
      lines.push({text: `    ${look.paint(line, 'title')}${index === rest.length - 1 ? since : ''}`});
    const about = state.about?.object.metadata.name;
    if (finding.object.name !== about)
      lines.push({text: `    ${look.paint(`${finding.object.kind} ${cleanLine(finding.object.name)}`, 'accent')}`});
    for (const {path, value} of finding.evidence) {
      const label = `${cleanLine(path)}: `;
      for (const [index, line] of wrap(label + cleanLine(value), width - 2).entries()) {
        const isFirst = index === 0 && line.startsWith(label.trimEnd());
        lines.push({
          text: isFirst ? `    ${look.paint(line.slice(0, label.length), 'muted')}${line.slice(label.length)}` : `      ${line}`,
        });
      }
    }
    for (const one of finding.tryThis) {
      const isHere = number === state.cursor;
      const key = one.command === undefined ? undefined : at.app.registry.keyOf(one.command);
      const label = `${glyphs.arrow} ${cleanLine(one.text)}${key === undefined ? '' : `  (${key})`}`;
      lines.push({
        text: `    ${isHere ? look.paint(` ${label} `, 'row.cursor') : ` ${look.paint(label, 'accent')} `}`,
        suggestion: number,
      });
      number++;
    }
    lines.push({text: ''});
  }
  return lines;
};

const onCommand = (state: State, id: string, at: At, params: Params): Step<State> => {
  const suggestions = suggestionsOf(state);
  const lines = linesOf(state, at);
  const scroll = (by: number): State => ({...state, top: Math.max(0, Math.min(state.top + by, lines.length - at.body.rows))});
  const moveTo = (cursor: number): State => {
    const next = Math.max(0, Math.min(cursor, suggestions.length - 1));
    const line = linesOf({...state, cursor: next}, at).findIndex(({suggestion}) => suggestion === next);
    const top = line < 0 ? state.top : Math.max(Math.min(state.top, line), line - at.body.rows + 1, 0);
    return {...state, cursor: next, top: next === 0 ? 0 : top};
  };
  switch (id) {
    case 'app.back':
      return [state, [send({type: 'back'})]];
    case 'text.refresh':
      return [state, [load(params, at.app)]];
    case 'move.down':
      return [suggestions.length > 1 ? moveTo(state.cursor + 1) : scroll(1), []];
    case 'move.up':
      return [suggestions.length > 1 ? moveTo(state.cursor - 1) : scroll(-1), []];
    case 'move.page-down':
      return [scroll(at.body.rows), []];
    case 'move.page-up':
      return [scroll(-at.body.rows), []];
    case 'diagnosis.do': {
      const suggestion = suggestions[state.cursor];
      return [state, suggestion === undefined ? [] : follow(suggestion, state, at)];
    }
    default:
      return [state, []];
  }
};

/** The cursor stays on what it was on when findings come and go above it. */
const keepPlace = (before: State, next: State): State => {
  const chosen = suggestionsOf(before)[before.cursor];
  if (chosen === undefined) return next;
  const all = suggestionsOf(next);
  const at = all.findIndex(({text, object}) => text === chosen.text && object.name === chosen.object.name);
  return {...next, cursor: Math.max(0, at >= 0 ? at : Math.min(next.cursor, all.length - 1))};
};

/** The diagnosis screen. */
export const diagnosisScreen = screen<Params, State>({
  name: 'diagnosis',
  crumb: (params, app) => objectCrumb('Why', params, app),
  start: (params, at) => [
    {findings: undefined, health: undefined, problem: undefined, about: undefined, cursor: 0, top: 0},
    [load(params, at.app), keepUp(params, at.app)],
  ],
  update: (state, event, at, params) => {
    if (event.type === 'command') return onCommand(state, event.id, at, params);
    if (event.type === 'wheel') return onCommand(state, event.by > 0 ? 'move.page-down' : 'move.page-up', at, params);
    if (event.type !== 'own') return [state, []];
    const first = state.about === undefined;
    const next = keepPlace(state, {...state, ...(event.event as Partial<State>)});
    const then = first && params.then !== undefined && next.about !== undefined ? [send({type: 'command', id: params.then})] : [];
    return [next, then];
  },
  situation: (state, _at, params) => ({kind: params.kind, selection: state.about === undefined ? 'none' : 'one'}),
  targets: (state) => (state.about === undefined ? [] : [state.about]),
  status: (state) => {
    const count = state.findings?.length;
    return count === undefined
      ? []
      : [span(count === 0 ? 'no findings' : count === 1 ? '1 finding' : `${count} findings`, 'muted')];
  },
  draw: (state, at) => {
    const {look} = at.app;
    if (state.problem !== undefined)
      return ['', ...wrap(cleanLine(state.problem), at.body.columns - 6).map((line) => `   ${look.paint(line, 'tone.bad')}`)];
    if (state.findings === undefined) return ['', `   ${look.paint('Looking for the cause ...', 'muted')}`];
    return linesOf(state, at)
      .slice(state.top, state.top + at.body.rows)
      .map(({text}) => text);
  },
});
