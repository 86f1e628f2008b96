import type { ChatMessage } from '../shared/chat';
import { messageFrom } from './json-messages';
import { ROLE_NAMES, roleNamed } from './roles';
import { asItStands, trimmedText, withPlainLineBreaks } from './text-source';

/** A place where somebody begins to speak; offsets of the text. */
export interface RoleMark {
  role: string;
  start: number;
  /** Where what is said begins. */
  end: number;
  /** Marks of one text are all written in one way: another is a part of what is said. */
  style: string;
}

const NAME = `(${ROLE_NAMES.join('|')})`;

/** `## User`, `### Assistant:`, `## **System**`; the number of signs is its style. */
const HEADING = new RegExp(`^(#{1,6})[ \\t]+(?:\\*\\*)?${NAME}(?:\\*\\*)?:?(?:\\*\\*)?[ \\t]*#*[ \\t]*$`, 'i');

/** `**User:** Hello`, `**Usuario**: Hola` or `__User__` on a line of its own. */
const BOLD = new RegExp(`^(\\*\\*|__)${NAME}(?:(:)\\1|\\1(:)|\\1(?=[ \\t]*$))`, 'i');

/** `system:`, `# user:`, also with settings behind it, as `.prompty` files have them. */
const MARKER = new RegExp(`^[ \\t]*#?[ \\t]*${NAME}(?:\\[[^\\]]*\\])?:[ \\t]*$`, 'i');

const FENCE = /^ {0,3}(`{3,}|~{3,})/;

/** Headings and bold names of a Markdown text, outside of its code, written as the first of them is. */
export function markdownMarks(text: string): RoleMark[] {
  const marks = linesOutsideCode(text).flatMap(({ line, start }) => {
    const heading = HEADING.exec(line);
    const match = heading ?? BOLD.exec(line);
    const role = match && roleNamed(match[2] as string);
    return role ? [{ role, start, end: start + match[0].length, style: match[1] as string }] : [];
  });
  return marks.filter(({ style }) => style === marks[0]?.style);
}

/** Role markers of a prompt file, each a line of its own. */
export function promptMarks(text: string): RoleMark[] {
  return linesOutsideCode(text).flatMap(({ line, start }) => {
    const match = MARKER.exec(line);
    const role = match && roleNamed(match[1] as string);
    return role ? [{ role, start, end: start + match[0].length, style: ':' }] : [];
  });
}

/** What each says, up to the next one. */
export function messagesBetween(text: string, marks: readonly RoleMark[]): ChatMessage[] {
  return marks.map(({ role, end }, index) => said(text, role, end, marks[index + 1]?.start ?? text.length));
}

/** A part of a text as what somebody says. */
export function said(text: string, role: string, start: number, end: number): ChatMessage {
  return messageFrom(role, withPlainLineBreaks(trimmedText(asItStands(text.slice(start, end), start))), {});
}

/** Where the text begins after `---`, some lines of YAML and `---`. */
export function afterFrontMatter(text: string): number {
  return /^\uFEFF?---[ \t]*\r?\n(?:[\s\S]*?\n)?---[ \t]*(?:\r?\n|$)/.exec(text)?.[0].length ?? 0;
}

function linesOutsideCode(text: string): { line: string; start: number }[] {
  const lines: { line: string; start: number }[] = [];
  let fence: string | undefined;
  for (let start = afterFrontMatter(text); start < text.length; ) {
    const end = text.indexOf('\n', start) < 0 ? text.length : text.indexOf('\n', start);
    const line = text.slice(start, text[end - 1] === '\r' ? end - 1 : end);
    const sign = FENCE.exec(line)?.[1];
    if (fence === undefined && !sign) lines.push({ line, start });
    else if (fence === undefined) fence = sign;
    else if (sign?.startsWith(fence) && line.trim() === sign) fence = undefined;
    start = end + 1;
  }
  return lines;
}
