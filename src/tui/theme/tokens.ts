// The names of everything that has a look of its own, and what each falls back to when a theme does not mention it.
import type {Tone} from '../../resources/column.ts';

/** A part of the screen that a theme can style. */
export type Token =
  | 'text'
  | 'muted'
  | 'accent'
  | 'title'
  | 'border'
  | 'border.focus'
  | 'border.danger'
  | 'key'
  | 'link'
  | 'header'
  | 'header.context'
  | 'header.label'
  | 'header.value'
  | 'badge'
  | 'crumb'
  | 'crumb.last'
  | 'chip'
  | 'column'
  | 'column.sorted'
  | 'row.cursor'
  | 'row.marked'
  | 'row.changed'
  | 'row.idle'
  | 'match'
  | 'match.current'
  | 'field'
  | 'field.focus'
  | 'field.hint'
  | 'button'
  | 'button.focus'
  | 'button.danger'
  | 'panel'
  | 'hint.key'
  | 'hint.title'
  | `tone.${Tone}`
  | 'log.error'
  | 'log.warn'
  | 'log.info'
  | 'log.debug'
  | 'log.source.1'
  | 'log.source.2'
  | 'log.source.3'
  | 'log.source.4'
  | 'log.source.5'
  | 'log.source.6'
  | 'diff.added'
  | 'diff.removed'
  | 'diff.place'
  | 'code.key'
  | 'code.text'
  | 'code.number'
  | 'code.keyword'
  | 'code.comment'
  | 'code.sign';

/** What a token looks like when the theme leaves it out: another token, or a style that needs no colour. */
export const fallbacks: Readonly<Record<Token, Token | `style:${string}`>> = {
  text: 'style:',
  muted: 'text',
  accent: 'style:bold',
  title: 'accent',
  border: 'muted',
  'border.focus': 'accent',
  'border.danger': 'tone.bad',
  key: 'accent',
  link: 'style:underline',
  header: 'style:',
  'header.context': 'accent',
  'header.label': 'muted',
  'header.value': 'text',
  badge: 'style:inverse',
  crumb: 'muted',
  'crumb.last': 'title',
  chip: 'accent',
  column: 'muted',
  'column.sorted': 'accent',
  'row.cursor': 'style:inverse',
  'row.marked': 'accent',
  'row.changed': 'style:bold',
  'row.idle': 'muted',
  match: 'style:underline',
  'match.current': 'style:inverse',
  field: 'text',
  'field.focus': 'style:inverse',
  'field.hint': 'muted',
  button: 'text',
  'button.focus': 'style:inverse',
  'button.danger': 'button.focus',
  panel: 'style:',
  'hint.key': 'key',
  'hint.title': 'muted',
  'tone.ok': 'text',
  'tone.busy': 'accent',
  'tone.warn': 'style:bold',
  'tone.bad': 'style:bold',
  'tone.idle': 'muted',
  'log.error': 'tone.bad',
  'log.warn': 'tone.warn',
  'log.info': 'text',
  'log.debug': 'muted',
  'log.source.1': 'accent',
  'log.source.2': 'tone.ok',
  'log.source.3': 'tone.warn',
  'log.source.4': 'title',
  'log.source.5': 'muted',
  'log.source.6': 'link',
  'diff.added': 'tone.ok',
  'diff.removed': 'tone.bad',
  'diff.place': 'accent',
  'code.key': 'accent',
  'code.text': 'text',
  'code.number': 'text',
  'code.keyword': 'muted',
  'code.comment': 'muted',
  'code.sign': 'muted',
};

/** Without colour a few parts still need to stand out; everything else is plain. */
export const withoutColour: Readonly<Partial<Record<Token, string>>> = {
  'header.context': 'bold',
  badge: 'inverse',
  'crumb.last': 'bold',
  title: 'bold',
  column: 'underline',
  'column.sorted': 'bold underline',
  'row.cursor': 'inverse',
  'row.marked': 'bold',
  'tone.bad': 'bold',
  match: 'underline',
  'match.current': 'inverse',
  'field.focus': 'underline',
  'button.focus': 'inverse',
  'button.danger': 'inverse',
  'hint.key': 'bold',
  key: 'bold',
  link: 'underline',
  'code.key': 'bold',
  chip: 'bold',
};
