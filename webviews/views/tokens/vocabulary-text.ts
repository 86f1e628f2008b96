import type { SubjectChat, VocabularyTokens } from '../../../src/shared/inspector-api';
import { chatTokens } from '../../kit/chat-tokens';
import { type TokenText, tokenTexts, withChat } from '../../kit/subject-tokens';

/** A text as one vocabulary reads it, ready to be drawn. Offsets are UTF-16 units of the text that is shown. */
export interface VocabularyText {
  vocabulary: string;
  label: string;
  tokens: TokenText[];
  ids: ArrayLike<number>;
  starts: ArrayLike<number>;
  ends: ArrayLike<number>;
  bytes: Record<number, string>;
}

/** @param chat where the text is one, as the vocabulary's model reads it */
export function vocabularyText(
  { name, label }: { name: string; label: string },
  text: string,
  read: VocabularyTokens,
  chat?: SubjectChat | undefined,
): VocabularyText {
  const tokens = tokenTexts(text, read.starts, read.ends);
  return { vocabulary: name, label, tokens: chat ? withChat(tokens, chatTokens(chat, read)) : tokens, ...read };
}

/** The first token that has a part in the span. */
export function tokenIn({ starts, ends }: VocabularyText, start: number, end: number): number | undefined {
  for (let i = 0; i < starts.length; i++) {
    if ((starts[i] ?? 0) < end && (ends[i] ?? 0) > start) return i;
  }
  return undefined;
}

/** Whether a token is one of another vocabulary's too, from the same character to the same character. */
export function commonTokens(one: VocabularyText, other: VocabularyText): boolean[] {
  const spans = new Set(Array.from(other.starts, (start, i) => `${start} ${other.ends[i]}`));
  return Array.from(one.starts, (start, i) => spans.has(`${start} ${one.ends[i]}`));
}
