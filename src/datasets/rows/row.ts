import { conversationsOfLine } from '../../chat/find-conversations';
import type { Conversation } from '../../shared/chat';
import { type Sentence, sentence } from '../../shared/errors';
import type { Line } from '../file/line-file';

/** A line of a data set as what it is: conversations, of a preference pair one for each answer, or why it is none. */
export interface Row {
  line: number;
  text: string;
  conversations: readonly Conversation[];
  problem: Sentence | undefined;
}

export function rowOf({ line, text, problem }: Line): Row {
  if (problem) return { line, text, conversations: [], problem };
  if (text.trim() === '') return { line, text, conversations: [], problem: sentence`This line is empty.` };
  const { conversations, troubles } = conversationsOfLine(text, 0, line + 1);
  const nothing = sentence`This line is JSON, but no conversation is found in it.`;
  return {
    line,
    text,
    conversations,
    problem: troubles[0]?.sentence ?? (conversations.length === 0 ? nothing : undefined),
  };
}

/** The conversation that is shown and counted: of a pair, that with the answer that was chosen. */
export const mainConversation = ({ conversations }: Row): Conversation | undefined =>
  conversations.find(({ answer }) => answer !== 'rejected');

export const rejectedConversation = ({ conversations }: Row): Conversation | undefined =>
  conversations.find(({ answer }) => answer === 'rejected');
