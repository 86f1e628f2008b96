import { createReadStream } from 'node:fs';
import {
  type ChatTextKind,
  chatTextKind,
  conversationsOfLine,
  type FoundConversations,
  findConversations,
} from '../../chat/find-conversations';
import { formatBytes } from '../../display/format-bytes';
import { render } from '../../display/sentences';
import type { Conversation } from '../../shared/chat';
import { VitrineError } from '../../shared/errors';
import { firstAtLeast } from '../../shared/sorted';
import { readable, readInput } from '../input';
import { LONGEST_LINE, linesOf } from '../lines';

/** A line of a file in which a conversation begins, or something that could not be read as one. */
export interface ChatLine {
  /** Counted from 1. */
  line: number;
  /** Looks for them. */
  find(): FoundChats;
}

export interface FoundChats {
  /** One, the two of a preference pair, or none. */
  conversations: Conversation[];
  /** What is wrong with the line, in sentences. */
  troubles: string[];
}

/** At least one. */
export interface ChatLines {
  first: ChatLine;
  /** In their order, the first too; to be gone through once. */
  all: AsyncIterable<ChatLine>;
}

/**
 * The conversations of a file, or of the standard input (`-`), by the lines in which they begin. A `.jsonl` may be of any
 * size: each of its lines is read by itself. Of other texts the ending says what they are; where there is none, how they begin.
 *
 * @param only the line that is wanted; by default all are
 * @throws VitrineError `chat.none` where there is none, `input.unreadable`, `input.long`
 */
export async function openChatLines(file: string, only: number | undefined): Promise<ChatLines> {
  const lines = file !== '-' && chatTextKind(file) === 'jsonl' ? streamedLines(file, only) : linesOfText(file, only);
  const first = await lines.next();
  if (first.done) throw none(file, only);
  return { first: first.value, all: withFirst(first.value, lines) };
}

async function* withFirst(first: ChatLine, others: AsyncGenerator<ChatLine>): AsyncGenerator<ChatLine> {
  yield first;
  yield* others;
}

function none(file: string, line: number | undefined): VitrineError {
  const name = file === '-' ? 'the standard input' : file;
  return new VitrineError(
    'chat.none',
    line === undefined
      ? `There is no conversation in ${name}: it has no text.`
      : `No conversation begins in line ${line} of ${name}.`,
  );
}

async function* linesOfText(file: string, only: number | undefined): AsyncGenerator<ChatLine> {
  const text = await readInput(file === '-' ? file : undefined, file === '-' ? undefined : file);
  if (text.trim() === '') return;
  const kind = (file === '-' ? undefined : chatTextKind(file)) ?? kindByBeginning(text);
  const lines = byLine(text, findConversations(text, kind));
  yield* only === undefined ? lines : lines.filter(({ line }) => line === only);
}

async function* streamedLines(file: string, only: number | undefined): AsyncGenerator<ChatLine> {
  const lines = linesOf(createReadStream(file));
  for (let line = 1; line <= (only ?? line); line++) {
    const { done, value } = await readable(lines.next(), file);
    if (done) return;
    const isWanted = only === undefined || line === only;
    if (isWanted && value?.trim() !== '') yield { line, find: () => chatsIn(line, value) };
  }
}

/** @param text undefined where it is too long */
function chatsIn(line: number, text: string | undefined): FoundChats {
  if (text === undefined) {
    const tooLong = `Line ${line} has more than ${formatBytes(LONGEST_LINE)}, and no model's context holds a conversation of so many.`;
    return { conversations: [], troubles: [tooLong] };
  }
  const { conversations, troubles } = conversationsOfLine(text, 0, line);
  const noText = text.includes('\ufffd') ? [`Line ${line} has U+FFFD, which stands for bytes that are no UTF-8.`] : [];
  return { conversations, troubles: [...noText, ...troubles.map(({ sentence }) => render(sentence))] };
}

/** A line of JSON that is whole is one of many; JSON that goes on in the next line is one value. */
function kindByBeginning(text: string): ChatTextKind {
  const [first = ''] = text.trimStart().split('\n', 1);
  if (!/^[{[]/.test(first)) return 'markdown';
  return isJson(first) ? 'jsonl' : 'json';
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function byLine(text: string, { conversations, troubles }: FoundConversations): ChatLine[] {
  const breaks = Uint32Array.from(text.matchAll(/\n/g), ({ index }) => index);
  const lines = new Map<number, FoundChats>();
  const at = (line: number): FoundChats => {
    const known = lines.get(line) ?? { conversations: [], troubles: [] };
    lines.set(line, known);
    return known;
  };
  for (const conversation of conversations) {
    at(firstAtLeast(breaks, conversation.span.start) + 1).conversations.push(conversation);
  }
  for (const trouble of troubles) at(trouble.line).troubles.push(render(trouble.sentence));
  return [...lines].sort(([a], [b]) => a - b).map(([line, found]) => ({ line, find: () => found }));
}
