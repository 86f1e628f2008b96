import type { ChatMessage } from '../../shared/chat';
import type { DatasetRow, Turn } from '../../shared/dataset-api';
import { mainConversation, type Row, rejectedConversation } from './row';

/** As much of a text as is seen in one line of a wide window. */
const SHOWN_UNITS = 300;
/** Messages before the last answer that there is room for. */
const MOST_BEFORE = 3;

/** How a row begins, as a text: who speaks, and what is said. The last answer has its own part, since it is what is scored. */
export function rowBeginning(row: Row): Pick<DatasetRow, 'before' | 'answer' | 'pair'> & { text: string } {
  if (row.isDocument) {
    const text = beginningOf(row.text);
    return { before: [], answer: row.problem ? [] : [{ role: '', text }], pair: undefined, text };
  }
  const messages = mainConversation(row)?.messages ?? [];
  const rejected = rejectedConversation(row);
  const last = messages.findLastIndex(({ role }) => role === 'assistant');
  const answers = messages.slice(last < 0 ? messages.length - 1 : last);
  const before = messages.slice(0, messages.length - answers.length);
  const turns = before.slice(0, MOST_BEFORE).map(turnOf);
  return {
    before: before.length > MOST_BEFORE ? [...turns, { role: '…', text: '' }] : turns,
    answer: rejected ? [] : answers.map(turnOf),
    pair: rejected && { chosen: lastOf(messages), rejected: lastOf(rejected.messages) },
    text: beginningOf(row.text),
  };
}

const turnOf = ({ role, content }: ChatMessage): Turn => ({ role, text: beginningOf(content) });

const lastOf = (messages: readonly ChatMessage[]) => beginningOf(messages.at(-1)?.content ?? '');

/** Cut between two characters; line breaks are spaces, since a row has few lines. */
function beginningOf(text: string): string {
  const start = text.slice(0, SHOWN_UNITS).replace(/[\uD800-\uDBFF]$/, '');
  return start.replaceAll(/\s+/g, ' ').trim() + (start.length < text.length ? '…' : '');
}
