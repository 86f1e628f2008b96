import { sentence } from '../../shared/errors';
import type { Span } from '../../shared/filters-api';
import { isSpace, isTerminal } from '../text/characters';
import type { DocumentText } from '../text/document-text';
import { splitAtLineFeeds } from '../text/lines';
import { Ranges } from '../text/ranges';
import { documentFilter, FOR_EACH_WORD, type MeasureOf, SHARE } from './document-filter';
import type { DocumentFilter } from './filter';
import { type Repeats, repeatsOf } from './repeats';

const SHORT_LINE = 30;

/** The lines of a document that are not all white space. */
interface LineReading {
  text: DocumentText;
  lines: Ranges;
  repeats: Repeats;
  lineFeeds: number;
}

/**
 * Documents whose lines do not look like those of prose: FineWeb's own rules (https://arxiv.org/abs/2406.17557, section 3.6) as
 * datatrove 0.10 has them, with their reasons and their order. Its reason `empty` is `no_lines` here, since Gopher's rules have
 * one of that name.
 */
export function fineWebQuality(): DocumentFilter<DocumentText> {
  return documentFilter(
    {
      name: 'fineWebQuality',
      title: sentence`Lines (FineWeb)`,
      why: sentence`Rules that FineWeb chose from some fifty statistics of documents, because models did better without what they remove.`,
      measures: MEASURES,
    },
    read,
  );
}

function read(text: DocumentText): LineReading {
  const { units } = text;
  const lines = new Ranges();
  let lineFeeds = 0;
  for (let start = 0; start <= units.length; ) {
    const feed = text.text.indexOf('\n', start);
    const end = feed === -1 ? units.length : feed;
    if (feed !== -1) lineFeeds++;
    if (!isBlank(units, start, end)) lines.push(start, end);
    start = end + 1;
  }
  return { text, lines, repeats: repeatsOf(text, lines), lineFeeds };
}

function isBlank(units: Uint16Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (!isSpace(units[i] as number)) return false;
  return true;
}

function endsSentence({ text, lines }: LineReading, line: number): boolean {
  const end = lines.end(line);
  const isPair = end - 2 >= lines.start(line) && (text.text.codePointAt(end - 2) as number) > 0xffff;
  return isTerminal(text.text.codePointAt(isPair ? end - 2 : end - 1) as number);
}

function isShort({ text, lines }: LineReading, line: number): boolean {
  const [start, end] = [lines.start(line), lines.end(line)];
  return end - start <= 2 * SHORT_LINE && text.points(start, end) <= SHORT_LINE;
}

function shareOfLines(reading: LineReading, isCounted: (reading: LineReading, line: number) => boolean): number {
  let counted = 0;
  for (let i = 0; i < reading.lines.count; i++) if (isCounted(reading, i)) counted++;
  return counted / reading.lines.count;
}

const MEASURES: readonly MeasureOf<LineReading>[] = [
  {
    name: 'no_lines',
    removes: 'below',
    threshold: 1,
    slider: { minimum: 0, maximum: 100, step: 1 },
    draw: 'count',
    title: sentence`Lines that are not blank`,
    why: sentence`Of a document that has no line left there is nothing to learn.`,
    value: ({ lines }) => lines.count,
    spans: () => [],
  },
  {
    name: 'line_punct_ratio',
    removes: 'below',
    threshold: 0.12,
    ...SHARE,
    title: sentence`Lines that end with punctuation`,
    why: sentence`Lines of prose end with the end of a sentence; titles, menus and lists do not. So few are asked for that poems and dialogues pass.`,
    value: (reading) => shareOfLines(reading, endsSentence),
    spans: (reading) => reading.lines.spans((line) => !endsSentence(reading, line)),
  },
  {
    name: 'short_line_ratio',
    removes: 'above',
    threshold: 0.67,
    ...SHARE,
    title: sentence`Lines of up to ${SHORT_LINE} characters`,
    why: sentence`Where two thirds of the lines are short, a text is a list of links, names or products: many tokens, of which none follows from those before.`,
    value: (reading) => shareOfLines(reading, isShort),
    spans: (reading) => reading.lines.spans((line) => isShort(reading, line)),
  },
  {
    name: 'char_dup_ratio',
    removes: 'above',
    threshold: 0.01,
    slider: { minimum: 0, maximum: 0.5, step: 0.005 },
    draw: 'share',
    title: sentence`Characters in lines that were there before`,
    why: sentence`Even a few lines that come back are a sign of a template around the text. FineWeb’s threshold is twenty times as strict as Gopher’s.`,
    value: ({ text, repeats, lineFeeds }) => repeats.points / (text.length - lineFeeds),
    spans: ({ lines, repeats }) => lines.spans(repeats.isRepeat),
  },
  {
    name: 'list_ratio',
    removes: 'above',
    threshold: 0.3,
    ...FOR_EACH_WORD,
    title: sentence`Line breaks for each word`,
    why: sentence`Where a line has only some three words, a text is a list, and its order is seldom that of a thought.`,
    value: ({ text, lineFeeds }) => lineFeeds / text.wordCount,
    spans: ({ text }) => lineFeedSpans(text.text),
  },
];

function lineFeedSpans(text: string): Span[] {
  const parts = splitAtLineFeeds(text, 1, 0, text.length);
  return Array.from({ length: parts.count - 1 }, (_, i) => ({ start: parts.end(i), end: parts.start(i + 1) }));
}
