/* What may stand in the place of a word so that a text keeps its number of tokens. */

/** A word of a text, with how many tokens have a part of it. */
export interface FillWord {
  text: string;
  /** UTF-16 offsets in the text. */
  start: number;
  end: number;
  tokens: number;
  /** Whether a sentence begins with it: its capital letter says nothing. */
  isFirst: boolean;
}

/** A word in the place of others. */
export interface Fill {
  /** What stands there, and what would; nothing where `from` says both. */
  from: string;
  to: string;
  text: string;
}

/** Given names of one token in most vocabularies, and some of two and three. */
export const NAMES = [
  'Mary',
  'John',
  'Anna',
  'Paul',
  'Tom',
  'Alice',
  'Peter',
  'Sarah',
  'David',
  'Laura',
  'Emma',
  'Robert',
  'Lucía',
  'Alejandro',
  'Guillermo',
  'Bartholomew',
  'Anastasia',
  'Rosalind',
  'Siobhan',
  'Yevgeny',
];

const CAPITAL = /^\p{Lu}\p{Ll}/u;
const LETTERS = /^[\p{L}\p{M}]+$/u;
const DIGITS = /^\p{N}+$/u;
/** A shorter word is mostly one that holds a sentence together. */
const SHORTEST = 4;

/** Whether a word can stand where another does, as far as one sees it: letters for letters with a capital alike, digits for as many digits. */
export function isAlike(word: string, other: string): boolean {
  if (word === other) return false;
  if (DIGITS.test(word)) return DIGITS.test(other) && word.length === other.length;
  return LETTERS.test(word) && LETTERS.test(other) && CAPITAL.test(word) === CAPITAL.test(other);
}

/**
 * Texts that differ by a name: where one name stands more than once, its last place takes another name of the text, which
 * asks who is meant (Wang et al. 2022, arXiv 2211.00593); or all places of the two are exchanged.
 */
export function nameFills(text: string, words: readonly FillWord[]): Fill[] {
  const isName = ({ text: word }: FillWord) =>
    CAPITAL.test(word) && words.some((other) => other.text === word && !other.isFirst);
  const names = words.filter(isName);
  const last = names.findLast((name) => names.some((other) => other !== name && other.text === name.text));
  const other = last && names.find(({ text: word, tokens }) => word !== last.text && tokens === last.tokens);
  if (!last || !other) return [];
  const once: Fill = { from: last.text, to: other.text, text: put(text, [last], () => other.text) };
  const both = names.filter(({ text: word }) => word === last.text || word === other.text);
  const exchanged = put(text, both, (word) => (word === last.text ? other.text : last.text));
  return [once, { from: `${last.text} ⇄ ${other.text}`, to: '', text: exchanged }];
}

/** The words that it tells most to put others for, the first first: names, numbers, then long words. */
export function wordsToFill(words: readonly FillWord[]): FillWord[] {
  const weight = ({ text, isFirst }: FillWord) => {
    if (CAPITAL.test(text) && !isFirst) return 2;
    return DIGITS.test(text) ? 1 : 0;
  };
  return words
    .filter(({ text, tokens }) => tokens === 1 && (DIGITS.test(text) || text.length >= SHORTEST))
    .toSorted((one, other) => weight(other) - weight(one) || other.start - one.start);
}

/** A text with a word in the place of another. */
export function fillOf(text: string, word: Pick<FillWord, 'text' | 'start' | 'end'>, other: string): Fill {
  return { from: word.text, to: other, text: put(text, [word], () => other) };
}

function put(
  text: string,
  words: readonly Pick<FillWord, 'text' | 'start' | 'end'>[],
  otherFor: (word: string) => string,
): string {
  let result = '';
  let end = 0;
  for (const word of words) {
    result += text.slice(end, word.start) + otherFor(word.text);
    end = word.end;
  }
  return result + text.slice(end);
}
