import type { Tokenizer } from './tokenizer';

/**
 * Whether two vocabularies have the same text for every id that stands for one in both. Of those that are looked for in the
 * text itself a fine-tuned model may have others: they take the places of unused ones, or come after the rest.
 */
export function isSameVocabulary(one: Tokenizer, other: Tokenizer): boolean {
  const shared = Math.min(one.size, other.size);
  for (let id = 0; id < shared; id++) {
    if (!isText(one, id) || !isText(other, id)) continue;
    if (!isEqual(one.tokenBytes(id), other.tokenBytes(id))) return false;
  }
  return hasNoTextFrom(one, shared) && hasNoTextFrom(other, shared);
}

const isText = (tokenizer: Tokenizer, id: number): boolean => tokenizer.hasText(id) && !tokenizer.isAdded(id);

function isEqual(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, i) => byte === other[i]);
}

function hasNoTextFrom(tokenizer: Tokenizer, from: number): boolean {
  for (let id = from; id < tokenizer.size; id++) if (isText(tokenizer, id)) return false;
  return true;
}
