import { isSpace } from './characters';
import { ENDS_SENTENCE, PUNCTUATION } from './word-table';
import type { Words } from './words';

/** What a line has. */
export interface LineCounts {
  sentences: number;
  /** The first word behind it. */
  next: number;
}

/**
 * How many sentences spaCy finds in a line: one goes on until after what ends it, with the punctuation that follows. White space
 * of more than one space is a word to it, and begins one.
 *
 * @param words of the text that the line is a part of
 * @param first of its words
 */
export function countSentences(words: Words, start: number, end: number, first: number): LineCounts {
  const { kinds } = words.table;
  let sentences = 1;
  let hasEnded = false;
  let last = start;
  let next = first;
  for (; next < words.count && words.start(next) < end; next++) {
    const kind = kinds[words.number(next)] as number;
    if (hasEnded && ((next > first && words.hasSpaceWordBefore(next)) || !(kind & (PUNCTUATION | ENDS_SENTENCE)))) {
      sentences++;
      hasEnded = false;
    }
    if (kind & ENDS_SENTENCE) hasEnded = true;
    last = words.end(next);
  }
  const isSpaceWord = end - last > 1 || (end - last === 1 && words.text[last] !== ' ');
  if (hasEnded && isSpaceWord && isSpace(words.text.charCodeAt(last))) sentences++;
  return { sentences, next };
}
