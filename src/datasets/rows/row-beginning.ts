import type { DatasetRow } from '../../shared/dataset-api';
import { mainConversation, type Row, rejectedConversation } from './row';

/** Of a row as much as is seen in a list. */
const SHOWN_UNITS = 400;

/** How a row begins, as a text: who speaks, and what is said. */
export function rowBeginning(row: Row): Pick<DatasetRow, 'turns' | 'answers'> & { text: string } {
  const main = mainConversation(row);
  const rejected = rejectedConversation(row);
  const turns: DatasetRow['turns'] = [];
  let left = SHOWN_UNITS;
  for (const { role, content } of main?.messages ?? []) {
    if (left <= 0) break;
    turns.push({ role, text: beginningOf(content, left) });
    left -= content.length;
  }
  const last = (messages: readonly { content: string }[] | undefined) =>
    beginningOf(messages?.at(-1)?.content ?? '', SHOWN_UNITS / 2);
  const answers = rejected && { chosen: last(main?.messages), rejected: last(rejected.messages) };
  return { turns, answers, text: beginningOf(row.text, SHOWN_UNITS) };
}

/** Cut between two characters; line breaks are spaces, since a row has few lines. */
function beginningOf(text: string, units: number): string {
  const start = text.slice(0, units).replace(/[\uD800-\uDBFF]$/, '');
  return start.replaceAll(/\s+/g, ' ').trim() + (start.length < text.length ? '…' : '');
}
