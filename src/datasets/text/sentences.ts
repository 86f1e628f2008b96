import { isSpace } from './characters';
import type { Words } from './words';

/**
 * How many sentences spaCy finds in a line: one goes on until after what ends it, with the punctuation that follows. White space
 * of more than one space is a word to it, and begins one.
 *
 * @param words of the text that the line is a part of
 */
export function sentencesIn(words: Words, start: number, end: number): number {
  const { isPunctuation, endsSentence } = words.table;
  let sentences = 1;
  let hasEnded = false;
  const beginOne = () => {
    sentences++;
    hasEnded = false;
  };
  let last = start;
  const first = words.firstFrom(start);
  for (let i = first; i < words.count && words.start(i) < end; i++) {
    const word = words.number(i);
    if (hasEnded && i > first && words.hasSpaceWordBefore(i)) beginOne();
    if (hasEnded && !isPunctuation[word] && !endsSentence[word]) beginOne();
    if (endsSentence[word]) hasEnded = true;
    last = words.end(i);
  }
  const isSpaceWord = end - last > 1 || (end - last === 1 && words.text[last] !== ' ');
  return hasEnded && isSpaceWord && isSpace(words.text.charCodeAt(last)) ? sentences + 1 : sentences;
}
