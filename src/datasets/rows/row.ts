import { conversationsOfLine } from '../../chat/find-conversations';
import type { Conversation } from '../../shared/chat';
import { type Sentence, sentence } from '../../shared/errors';
import type { DatasetDocument } from '../documents/document-source';
import type { Line } from '../file/line-file';

/** A row of a data set as what it is: a document, or conversations, of a preference pair one for each answer; or why it is none. */
export interface Row {
  line: number;
  text: string;
  isDocument: boolean;
  /** Why its text is not all there. */
  unread: Sentence | undefined;
  conversations: readonly Conversation[];
  problem: Sentence | undefined;
}

export function documentRow({ index, text, problem }: DatasetDocument): Row {
  return { line: index, text, isDocument: true, unread: problem, conversations: [], problem };
}

/** A line of a `.jsonl` of conversations. They are looked for when they are asked for: in text that is searched, most are not. */
export function rowOf({ line, text, problem }: Line): Row {
  let found: Pick<Row, 'conversations' | 'problem'> | undefined;
  const find = () => (found ??= problem ? { conversations: [], problem } : conversationsIn(text, line));
  return {
    line,
    text,
    isDocument: false,
    unread: problem,
    get conversations() {
      return find().conversations;
    },
    get problem() {
      return find().problem;
    },
  };
}

function conversationsIn(text: string, line: number): Pick<Row, 'conversations' | 'problem'> {
  if (text.trim() === '') return { conversations: [], problem: sentence`This line is empty.` };
  const { conversations, troubles } = conversationsOfLine(text, 0, line + 1);
  const nothing = sentence`This line is JSON, but no conversation is found in it.`;
  return { conversations, problem: troubles[0]?.sentence ?? (conversations.length === 0 ? nothing : undefined) };
}

/** The conversation that is shown and counted: of a pair, that with the answer that was chosen. */
export const mainConversation = ({ conversations }: Row): Conversation | undefined =>
  conversations.find(({ answer }) => answer !== 'rejected');

export const rejectedConversation = ({ conversations }: Row): Conversation | undefined =>
  conversations.find(({ answer }) => answer === 'rejected');
