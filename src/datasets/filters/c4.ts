import { sentence } from '../../shared/errors';
import type { Span } from '../../shared/filters-api';
import { DocumentText } from '../text/document-text';
import { stripped } from '../text/lines';
import { Places } from '../text/places';
import { countSentences } from '../text/sentences';
import { type C4Line, type C4LineRules, c4Lines, joinedText } from './c4-lines';
import { documentFilter, type MeasureOf } from './document-filter';
import type { DocumentFilter } from './filter';

export interface C4Options {
  lines: C4LineRules;
  /** Whether documents with a curly bracket may go: of code, nearly all would. */
  hasCurlyBracketRule: boolean;
}

/** FineWeb's: it found that taking away all lines without punctuation at their end costs too much. */
export const FINEWEB_C4: C4Options = {
  lines: { withoutPunctuation: false, leastWords: 3, javascript: true, policy: true },
  hasCurlyBracketRule: true,
};

/** What C4's rules make of a document. */
interface C4Reading {
  text: string;
  lines: readonly C4Line[];
  loremIpsum: readonly C4Line[];
  /** Of the lines that are kept. */
  sentences: number;
  /** What filters after this one read. */
  kept: DocumentText;
}

/**
 * The rules of C4 (https://jmlr.org/papers/v21/20-074.html, section 2.2) as datatrove 0.10 has them, with their reasons. Lines are
 * taken away by rules that are on or off, and filters after it read what is left; documents go by what is measured of their lines.
 * Like datatrove, which reads no further, it does not look for `lorem ipsum` behind a line with a curly bracket, where that is a
 * rule: of two reasons it is the first that counts.
 */
export function c4(options: C4Options = FINEWEB_C4): DocumentFilter<DocumentText> {
  let last: { document: DocumentText; reading: C4Reading } | undefined;
  const read = (document: DocumentText): C4Reading => {
    if (last?.document !== document) last = { document, reading: readingOf(document, options) };
    return last.reading;
  };
  return {
    ...documentFilter(
      {
        name: 'c4',
        title: sentence`Lines and sentences (C4)`,
        why: sentence`Takes away lines that belong to the page and not to its text, and documents that have too little left. Filters after it read what it leaves.`,
        measures: options.hasCurlyBracketRule
          ? [loremIpsum(true), CURLY_BRACKET, SENTENCES]
          : [loremIpsum(false), SENTENCES],
      },
      read,
    ),
    rewrite: (document) => read(document).kept,
  };
}

function readingOf(document: DocumentText, options: C4Options): C4Reading {
  const lines = c4Lines(document, options.lines);
  const bracket = options.hasCurlyBracketRule ? lines.findIndex(({ hasCurlyBracket }) => hasCurlyBracket) : -1;
  const kept = lines.filter(({ isKept }) => isKept);
  const joined = kept.map(({ parts }) => joinedText(document.text, parts)).join('\n');
  const { words, sentences } = countsOf(document, kept);
  // White space that a citation leaves behind at either end goes.
  const { start, end } = stripped(joined, 0, joined.length);
  return {
    text: document.text,
    lines,
    loremIpsum: lines.filter(({ hasLoremIpsum }, i) => hasLoremIpsum && (bracket === -1 || i <= bracket)),
    sentences,
    kept: new DocumentText(joined.slice(start, end), { places: () => placesOf(document, kept, start), words }),
  };
}

/** The words and sentences of lines. */
function countsOf(document: DocumentText, lines: readonly C4Line[]): { words: number; sentences: number } {
  const counts = { words: 0, sentences: 0 };
  let first = 0;
  for (const { place, parts } of lines) {
    if (parts.length === 1 && parts[0] === place) {
      first = document.words.firstFrom(place.start, first);
      const { sentences, next } = countSentences(document.words, place.start, place.end, first);
      counts.words += next - first;
      counts.sentences += sentences;
      first = next;
    } else {
      // Without its citations it is another line.
      const { words } = new DocumentText(joinedText(document.text, parts));
      counts.words += words.count;
      counts.sentences += countSentences(words, 0, words.text.length, 0).sentences;
    }
  }
  return counts;
}

/** @param skipped units at the beginning of the joined lines that are left out */
function placesOf(document: DocumentText, lines: readonly C4Line[], skipped: number): Places {
  const places = new Places();
  let at = -skipped;
  for (const { parts } of lines) {
    for (const part of parts) {
      places.add(at, at + part.end - part.start, document.span(part.start, part.end).start);
      at += part.end - part.start;
    }
    at++;
  }
  return places;
}

const COUNT_OF_LINES = { slider: { minimum: 0, maximum: 100, step: 1 }, draw: 'count' } as const;

function loremIpsum(isBeforeBracket: boolean): MeasureOf<C4Reading> {
  return {
    name: 'lorem_ipsum',
    removes: 'above',
    threshold: 0,
    ...COUNT_OF_LINES,
    title: isBeforeBracket
      ? sentence`Lines with “lorem ipsum” before any curly bracket`
      : sentence`Lines with “lorem ipsum”`,
    why: sentence`Lorem ipsum fills a template that nobody has finished: the page has no text of its own yet.`,
    value: (reading) => reading.loremIpsum.length,
    spans: ({ text, loremIpsum }) => marked(text, loremIpsum, /lorem ipsum/giu),
  };
}

const CURLY_BRACKET: MeasureOf<C4Reading> = {
  name: 'curly_bracket',
  removes: 'above',
  threshold: 0,
  ...COUNT_OF_LINES,
  title: sentence`Lines with a curly bracket`,
  why: sentence`In pages of the web a curly bracket is the rest of a script. One is enough to lose a document, and with it nearly every file of code and every text about code.`,
  value: ({ lines }) => lines.filter(({ hasCurlyBracket }) => hasCurlyBracket).length,
  spans: ({ text, lines }) =>
    marked(
      text,
      lines.filter(({ hasCurlyBracket }) => hasCurlyBracket),
      /\{/g,
    ),
};

const SENTENCES: MeasureOf<C4Reading> = {
  name: 'too_few_sentences',
  removes: 'below',
  threshold: 5,
  slider: { minimum: 0, maximum: 50, step: 1 },
  draw: 'count',
  title: sentence`Sentences that are left`,
  why: sentence`What has fewer than five sentences, once its menus and notices are gone, has no paragraph from which a model could learn how one sentence follows from another. Lines that were taken away are marked.`,
  value: ({ sentences }) => sentences,
  spans: ({ lines }) =>
    lines.filter(({ isKept, place }) => !isKept && place.end > place.start).map(({ place }) => place),
};

/** What is looked for in some lines; of a line that has it only without its citations, the line. */
function marked(text: string, lines: readonly C4Line[], wanted: RegExp): Span[] {
  return lines.flatMap(({ place }) => {
    const found = [...text.slice(place.start, place.end).matchAll(wanted)];
    if (found.length === 0) return [place];
    return found.map(({ 0: match, index }) => ({
      start: place.start + index,
      end: place.start + index + match.length,
    }));
  });
}
