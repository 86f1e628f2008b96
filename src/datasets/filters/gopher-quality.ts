import { sentence } from '../../shared/errors';
import type { Span } from '../../shared/filters-api';
import { unitsOf } from '../text/characters';
import type { DocumentText } from '../text/document-text';
import { stripped } from '../text/lines';
import { HAS_LETTER, SYMBOLS } from '../text/word-table';
import { documentFilter, FOR_EACH_WORD, type MeasureOf, SHARE } from './document-filter';
import type { DocumentFilter } from './filter';

const STOP_WORDS = ['the', 'be', 'to', 'of', 'and', 'that', 'have', 'with'];

const [BULLET, HYPHEN, ELLIPSIS, STOP] = unitsOf('•-….');

const WORD_LENGTH = { slider: { minimum: 0, maximum: 20, step: 0.1 }, draw: 'length' } as const;

/** What a document is made of. */
interface Composition {
  text: DocumentText;
  words: number;
  /** Of those that are not all punctuation: how many, and their code points. */
  counted: number;
  points: number;
  withLetters: number;
  stopWords: number;
  hashes: Span[];
  ellipses: Span[];
  /** Bullets at the beginnings of lines, and ellipses at their ends. */
  bullets: Span[];
  endEllipses: Span[];
}

export interface GopherQualityOptions {
  /** Words that every text of the language has, as they are written in the middle of a sentence. */
  stopWords?: readonly string[];
}

/**
 * Documents that do not look like prose: the rules of Gopher (https://arxiv.org/abs/2112.11446, appendix A.1) as datatrove 0.10
 * has them, with their reasons and their order.
 */
export function gopherQuality({ stopWords = STOP_WORDS }: GopherQualityOptions = {}): DocumentFilter<DocumentText> {
  const units = stopWords.map(unitsOf);
  return documentFilter(
    {
      name: 'gopherQuality',
      title: sentence`Quality (Gopher)`,
      why: sentence`Simple counts tell running text from lists, tables, menus and broken extractions, of which a model learns little about language.`,
      measures: MEASURES,
    },
    (text) => read(text, units),
  );
}

/** @param stopWords their UTF-16 units */
function read(text: DocumentText, stopWords: readonly Uint16Array[]): Composition {
  const { words } = text;
  const { table } = words;
  const { kinds } = table;
  const composition: Composition = {
    text,
    words: words.count,
    counted: 0,
    points: 0,
    withLetters: 0,
    stopWords: stopWords.filter((word) => words.has(table.find(word))).length,
    hashes: occurrences(text.text, '#'),
    ellipses: [...occurrences(text.text, '...'), ...occurrences(text.text, '…')],
    bullets: [],
    endEllipses: [],
  };
  for (let i = 0; i < words.count; i++) {
    const word = words.number(i);
    const kind = kinds[word] as number;
    if (kind & HAS_LETTER) composition.withLetters++;
    if (kind & SYMBOLS) continue;
    composition.counted++;
    composition.points += table.points[word] as number;
  }
  readLines(text, composition);
  return composition;
}

function readLines({ text, units, lines }: DocumentText, { bullets, endEllipses }: Composition): void {
  for (let i = 0; i < lines.count; i++) {
    const { start, end } = stripped(text, lines.start(i), lines.end(i));
    // A line of nothing but white space ends where it begins, and what stands beside it is not its own.
    if (start === end) continue;
    const [first, last] = [units[start], units[end - 1]];
    if (first === BULLET || first === HYPHEN) bullets.push({ start, end: start + 1 });
    if (last === ELLIPSIS) endEllipses.push({ start: end - 1, end });
    else if (last === STOP && end - start >= 3 && text.startsWith('...', end - 3))
      endEllipses.push({ start: end - 3, end });
  }
}

/** Where a text stands, without overlaps, as Python's `str.count` counts. */
function occurrences(text: string, wanted: string): Span[] {
  const spans: Span[] = [];
  for (let start = text.indexOf(wanted); start !== -1; start = text.indexOf(wanted, start + wanted.length)) {
    spans.push({ start, end: start + wanted.length });
  }
  return spans;
}

/** Those of the words that datatrove counts, or of all. */
function wordSpans({ text }: Composition, isWanted: (word: number, index: number) => boolean): Span[] {
  const { words } = text;
  const spans: Span[] = [];
  for (let i = 0; i < words.count; i++) {
    if (isWanted(words.number(i), i)) spans.push({ start: words.start(i), end: words.end(i) });
  }
  return spans;
}

function isKind({ text }: Composition, word: number, kind: number): boolean {
  return ((text.words.table.kinds[word] as number) & kind) !== 0;
}

const MEASURES: readonly MeasureOf<Composition>[] = [
  {
    name: 'gopher_short_doc',
    removes: 'below',
    threshold: 50,
    slider: { minimum: 0, maximum: 1000, step: 1 },
    draw: 'count',
    title: sentence`Words`,
    why: sentence`A text of a few words is a caption, an error message or the rest of a page: there is no context in it from which a model could learn to go on.`,
    value: ({ counted }) => counted,
    spans: () => [],
  },
  {
    name: 'gopher_long_doc',
    removes: 'above',
    threshold: 100_000,
    slider: { minimum: 1000, maximum: 200_000, step: 1000 },
    draw: 'count',
    title: sentence`Words, where there are too many`,
    why: sentence`What is longer than a book is mostly a log, a dump or many pages in one, and a single one of them outweighs thousands of others.`,
    value: ({ counted }) => counted,
    spans: (found, threshold) => {
      let counted = 0;
      const beyond = wordSpans(found, (word) => !isKind(found, word, SYMBOLS) && ++counted > threshold);
      const [first] = beyond;
      const last = beyond.at(-1);
      return first && last ? [{ start: first.start, end: last.end }] : [];
    },
  },
  {
    name: 'gopher_below_avg_threshold',
    removes: 'below',
    threshold: 3,
    ...WORD_LENGTH,
    title: sentence`Characters in a word, on average`,
    why: sentence`Words of one or two characters are initials, cells of a table or letters pulled apart by a bad extraction, not language.`,
    value: ({ points, counted }) => points / counted,
    spans: (found, threshold) => {
      const { points } = found.text.words.table;
      return wordSpans(found, (word) => !isKind(found, word, SYMBOLS) && (points[word] as number) < threshold);
    },
  },
  {
    name: 'gopher_above_avg_threshold',
    removes: 'above',
    threshold: 10,
    ...WORD_LENGTH,
    title: sentence`Characters in a word, on average, where words are too long`,
    why: sentence`Very long words are addresses, keys, encoded data or words run together: a tokenizer breaks them into noise.`,
    value: ({ points, counted }) => points / counted,
    spans: (found, threshold) => {
      const { points } = found.text.words.table;
      return wordSpans(found, (word) => !isKind(found, word, SYMBOLS) && (points[word] as number) > threshold);
    },
  },
  {
    name: 'gopher_too_many_hashes',
    removes: 'above',
    threshold: 0.1,
    ...FOR_EACH_WORD,
    title: sentence`Number signs for each word`,
    why: sentence`Many number signs are tags of social media or comments of a program. The first are no sentences, and the second belong into a data set of code.`,
    value: ({ hashes, words }) => hashes.length / words,
    spans: ({ hashes }) => hashes,
  },
  {
    name: 'gopher_too_many_ellipsis',
    removes: 'above',
    threshold: 0.1,
    ...FOR_EACH_WORD,
    title: sentence`Ellipses for each word`,
    why: sentence`A text full of ellipses is made of beginnings that go on elsewhere: a model learns to break off.`,
    value: ({ ellipses, words }) => ellipses.length / words,
    spans: ({ ellipses }) => ellipses,
  },
  {
    name: 'gopher_too_many_bullets',
    removes: 'above',
    threshold: 0.9,
    ...SHARE,
    title: sentence`Lines that begin with a bullet`,
    why: sentence`A page of nothing but bullets is a menu or a table of contents; an article with some lists in it stays.`,
    value: ({ bullets, text }) => bullets.length / text.lines.count,
    spans: ({ bullets }) => bullets,
  },
  {
    name: 'gopher_too_many_end_ellipsis',
    removes: 'above',
    threshold: 0.3,
    ...SHARE,
    title: sentence`Lines that end with an ellipsis`,
    why: sentence`Lines that break off are previews of other pages, with the part cut away that a model should learn to predict.`,
    value: ({ endEllipses, text }) => endEllipses.length / text.lines.count,
    spans: ({ endEllipses }) => endEllipses,
  },
  {
    name: 'gopher_below_alpha_threshold',
    removes: 'below',
    threshold: 0.8,
    ...SHARE,
    title: sentence`Words with a letter in them`,
    why: sentence`Where many words have no letter, a text is numbers, tables or punctuation. Prose has its full stops and commas, and that is why a fifth may be without.`,
    value: ({ withLetters, words }) => withLetters / words,
    spans: (found) => wordSpans(found, (word) => !isKind(found, word, HAS_LETTER)),
  },
  {
    name: 'gopher_enough_stop_words',
    removes: 'below',
    threshold: 2,
    slider: { minimum: 0, maximum: 8, step: 1 },
    draw: 'count',
    title: sentence`Different ones of the most frequent words of the language`,
    why: sentence`No paragraph of a language does without its most frequent words. Lists of keywords and names do, and so do texts in other languages.`,
    value: ({ stopWords }) => stopWords,
    spans: () => [],
  },
];
