import { visibleText } from '../display/glyphs';
import { printable } from '../tokenizer';
import { withDirectionMark } from './right-to-left';

/** Some vocabularies have tokens of hundreds of spaces. */
const MOST_CHARACTERS = 48;

/** The bytes of a token as one line that shows all of it, and does nothing: `·queso`, `\xF0\x9F`, `⏎`. */
export function visibleToken(bytes: Uint8Array): string {
  const characters = Array.from(visibleText(printable(bytes)));
  const isWhole = characters.length <= MOST_CHARACTERS;
  return withDirectionMark(isWhole ? characters.join('') : `${characters.slice(0, MOST_CHARACTERS).join('')}…`);
}
