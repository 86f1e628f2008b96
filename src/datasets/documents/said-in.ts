import { type Sentence, sentence } from '../../shared/errors';
import type { Line } from '../file/line-file';
import { type ProblemKind, problem } from '../file/problem';
import { mainConversation, rejectedConversation, rowOf } from '../rows/row';
import { type RowText, wellFormed } from './text-of-row';

/** What is said in a conversation stands in paragraphs of its own. */
const BETWEEN_TURNS = '\n\n';

/** How the text of a data set of conversations is found. */
export const SAID: Sentence = sentence`The text of a row is what is said in its conversation.`;

/** Whether rows are conversations: half of those that can be read. @param lines of JSON, the first of a data set */
export function areConversations(lines: readonly Line[], readable: number): boolean {
  const conversations = lines.filter((line) => mainConversation(rowOf(line))).length;
  return conversations > 0 && conversations >= readable / 2;
}

/** The text of a conversation. @param line of JSON */
export function saidIn(line: Line): RowText {
  const row = rowOf(line);
  const said = mainConversation(row)?.messages ?? [];
  // Of a preference pair the prompt is there once.
  const rejected = rejectedConversation(row)?.messages.slice(-1) ?? [];
  const text = [...said, ...rejected].map(({ content }) => content).join(BETWEEN_TURNS);
  if (row.problem) return { text: text || line.text, problem: line.problem ?? problem(kindOf(line.text), row.problem) };
  return wellFormed(text);
}

/** Of a line in which no conversation is found. */
function kindOf(line: string): ProblemKind {
  if (line.trim() === '') return 'empty_row';
  try {
    JSON.parse(line);
    return 'no_text';
  } catch {
    return 'malformed';
  }
}
