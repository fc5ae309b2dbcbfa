// The file a person edits: its header, what counts as a change, and reading it back. Pure.
import {stripVTControlCharacters} from 'node:util';

/** Why a file is opened again: a headline, and details below it. */
export type EditReason = {readonly head: string; readonly details: readonly string[]};

const hashed = (text: string): string => text.replaceAll(/\n(?!#|$)/g, '\n# ');

/** The comment lines at the top, in kubectl's words, with the reasons of the last failure. */
export const editHeader = (reasons: readonly EditReason[]): string => {
  const lines = [
    "# Please edit the object below. Lines beginning with a '#' will be ignored,",
    '# and an empty file will abort the edit. If an error occurs while saving this file will be',
    '# reopened with the relevant failures.',
    '#',
  ];
  for (const {head, details} of reasons) {
    lines.push(`# ${hashed(stripVTControlCharacters(head))}${details.length > 0 ? ':' : ''}`);
    for (const detail of details) lines.push(`# * ${hashed(stripVTControlCharacters(detail))}`);
    lines.push('#');
  }
  return `${lines.join('\n')}\n`;
};

/** The text without its comment lines: what is compared and what is read. */
export const withoutComments = (text: string): string =>
  text
    .split('\n')
    .filter((line) => !line.trimStart().startsWith('#'))
    .join('\n')
    .trim();

/** The text without the comment lines at its top, to put a new header on it. */
export const withoutHeader = (text: string): string => {
  const lines = text.split('\n');
  const first = lines.findIndex((line) => !line.startsWith('#'));
  return first < 0 ? '' : lines.slice(first).join('\n');
};

/** True when nothing but blanks and comments is left: the person wants out. */
export const isEmptyEdit = (text: string): boolean => withoutComments(text) === '';
