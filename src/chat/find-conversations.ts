import type { Conversation } from '../shared/chat';
import { sentence } from '../shared/errors';
import type { Span } from '../shared/tokens';
import { type FoundConversations, Troubles } from './found';
import { conversationsOfValue } from './json-conversations';
import { messageFrom } from './json-messages';
import { jsonTree } from './json-text';
import { afterFrontMatter, markdownMarks, messagesBetween, promptMarks, type RoleMark, said } from './markdown-roles';
import type { ChatTextKind } from './text-kind';
import { asItStands, withPlainLineBreaks } from './text-source';

export type { FindingTrouble, FoundConversations } from './found';
export { type ChatTextKind, chatTextKind } from './text-kind';

/** The conversations of a text, in their order, with all that could not be read. Offsets in UTF-16 units of the text. */
export function findConversations(text: string, kind: ChatTextKind): FoundConversations {
  if (kind === 'jsonl') return conversationsOfLines(text);
  if (kind === 'json') return conversationsOfJson(text, 0, 1);
  if (kind === 'markdown') return conversationOfMarks(text, 'markdown', markdownMarks(text), undefined);
  return conversationOfMarks(text, 'promptFile', promptMarks(text), kind === 'prompty' ? 'system' : 'user');
}

/**
 * The conversations of one line of a `.jsonl`: one, two of a preference pair, or none.
 *
 * @param line without its line break
 * @param offset where it stands in the document: offsets of what is found are the document's
 * @param number of the line, counted from 1, for sentences
 */
export function conversationsOfLine(line: string, offset: number, number: number): FoundConversations {
  return line.trim() === '' ? { conversations: [], troubles: [] } : conversationsOfJson(line, offset, number);
}

/** A part of a text in any language, as what a user says. @param offset where it stands in the document */
export function conversationOfSelection(text: string, offset: number): Conversation {
  return {
    shape: 'selection',
    span: { start: offset, end: offset + text.length },
    messages: [messageFrom('user', withPlainLineBreaks(asItStands(text, offset)), {})],
    variables: {},
  };
}

function conversationsOfLines(text: string): FoundConversations {
  const all: FoundConversations = { conversations: [], troubles: [] };
  for (let start = 0, number = 1; start < text.length; number++) {
    const end = text.indexOf('\n', start) < 0 ? text.length : text.indexOf('\n', start);
    const { conversations, troubles } = conversationsOfLine(text.slice(start, end), start, number);
    all.conversations.push(...conversations);
    all.troubles.push(...troubles);
    start = end + 1;
  }
  return all;
}

function conversationsOfJson(text: string, offset: number, line: number): FoundConversations {
  const troubles = new Troubles(text, offset, line);
  const json = text.startsWith('\uFEFF') ? ` ${text.slice(1)}` : text;
  const { root, cutAt } = jsonTree(json, troubles);
  const conversations = root ? conversationsOfValue({ text: json, offset, troubles, cutAt }, root) : [];
  return { conversations, troubles: troubles.all };
}

/** @param speaker who says what stands before the first mark; undefined where nobody does */
function conversationOfMarks(
  text: string,
  shape: Conversation['shape'],
  marks: readonly RoleMark[],
  speaker: string | undefined,
): FoundConversations {
  const troubles = new Troubles(text);
  const first = marks[0]?.start ?? text.length;
  const before = speaker === undefined ? [] : [said(text, speaker, afterFrontMatter(text), first)];
  const messages = [...before.filter(({ content }) => content !== ''), ...messagesBetween(text, marks)];
  if (messages.length === 0) {
    troubles.add(
      0,
      (line) =>
        sentence`Line ${line}: nobody speaks in this text. Headings such as "## User" and "## Assistant" say who does, or bold names such as "**User:**".`,
    );
    return { conversations: [], troubles: troubles.all };
  }
  const span: Span = { start: 0, end: text.length };
  return { conversations: [{ shape, span, messages, variables: {} }], troubles: [] };
}
