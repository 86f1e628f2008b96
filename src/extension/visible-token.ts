import { visibleText } from '../display/glyphs';
import { printable, type Tokenizer } from '../tokenizer';
import { withDirectionMark } from './right-to-left';
import type { Translate } from './translate';

/** Some vocabularies have tokens of hundreds of spaces. */
const MOST_CHARACTERS = 48;

/** A token as one line; a model may know ids that have no text. */
export function tokenLabel(tokenizer: Tokenizer, id: number, t: Translate): string {
  return tokenizer.hasText(id) ? visibleToken(tokenizer.tokenBytes(id)) : t('[id {0}, no text]', String(id));
}

/** The bytes of a token as one line that shows all of it, and does nothing: `·queso`, `\xF0\x9F`, `⏎`. */
export function visibleToken(bytes: Uint8Array): string {
  const characters = Array.from(visibleText(printable(bytes)));
  const isWhole = characters.length <= MOST_CHARACTERS;
  return withDirectionMark(isWhole ? characters.join('') : `${characters.slice(0, MOST_CHARACTERS).join('')}…`);
}
