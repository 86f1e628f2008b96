import type * as vscode from 'vscode';
import type { ChatTokens } from '../chat/chat-tokens';
import type { TrackedDocument } from '../documents/tracked-documents';
import { type Reading, type ReadingPart, tokenAt } from '../readings/reading';

/** A token under the mouse, in UTF-16 offsets of the document. */
export interface FoundToken {
  id: number;
  start: number;
  end: number;
  /** What the model thought of it. */
  read?: { part: ReadingPart; index: number };
}

/** The tokens that have a part in the character at an offset: more than one where they split it. */
export function readTokensAt(reading: Reading, offset: number): FoundToken[] {
  const found = tokenAt(reading, offset);
  if (!found) return [];
  const { part } = found;
  const tokens: FoundToken[] = [];
  for (let index = found.index; index < part.ids.length && (part.starts[index] ?? 0) <= offset; index++) {
    const [id = 0, start = 0, end = 0] = [part.ids[index], part.starts[index], part.ends[index]];
    tokens.push({ id, start, end, read: { part, index } });
  }
  return tokens;
}

/** The same, of the tokens of a document that no model has read. */
export function trackedTokensAt({ tokens }: TrackedDocument, offset: number): FoundToken[] {
  const { ids, starts, ends } = tokens.tokensBetween(offset, offset + 1);
  return Array.from(ids, (id, i) => ({ id, start: starts[i] ?? 0, end: ends[i] ?? 0 }));
}

/** The same, of a document that is read as a chat. */
export function chatTokensAt(chats: ChatTokens, document: vscode.TextDocument, offset: number): FoundToken[] {
  const [run] = chats.knownIn(document, { start: offset, end: offset + 1 }).filter(({ ids }) => ids.length > 0);
  return Array.from(run?.ids ?? [], (id, i) => ({ id, start: run?.starts[i] ?? 0, end: run?.ends[i] ?? 0 }));
}
