import { type Sentence, sentence } from '../../shared/errors';
import type { Span } from '../../shared/filters-api';
import type { DocumentText } from '../text/document-text';
import { splitAtLineFeeds, stripped } from '../text/lines';
import { documentFilter, type MeasureOf, SHARE } from './document-filter';
import type { DocumentFilter } from './filter';
import { type Repeats, repeatsOf } from './repeats';
import { WordRuns } from './word-runs';

/** What of a document stands in it more than once. */
interface Repetition {
  /** In code points, as all lengths here. */
  length: number;
  paragraphs: Repeats;
  lines: Repeats;
  runs: WordRuns;
}

const MOST_FREQUENT = [
  [2, 0.2],
  [3, 0.18],
  [4, 0.16],
] as const;

const REPEATED = [
  [5, 0.15],
  [6, 0.14],
  [7, 0.13],
  [8, 0.12],
  [9, 0.11],
  [10, 0.1],
] as const;

/**
 * Documents that repeat themselves: the rules of Gopher (https://arxiv.org/abs/2112.11446, table A1) as datatrove 0.10 has
 * them, with their reasons and their order.
 */
export function gopherRepetition(): DocumentFilter<DocumentText> {
  return documentFilter(
    {
      name: 'gopherRepetition',
      title: sentence`Repetition (Gopher)`,
      why: sentence`Text that repeats itself is mostly menus, spam and broken pages: a model that learns from it comes to repeat itself too.`,
      measures: [
        EMPTY,
        repeats({
          name: 'dup_para_frac',
          threshold: 0.3,
          title: sentence`Paragraphs that were there before`,
          value: ({ paragraphs }) => paragraphs.count / paragraphs.parts.count,
          repeats: ({ paragraphs }) => paragraphs,
        }),
        repeats({
          name: 'dup_para_char_frac',
          threshold: 0.2,
          title: sentence`Characters in paragraphs that were there before`,
          value: ({ paragraphs, length }) => paragraphs.points / length,
          repeats: ({ paragraphs }) => paragraphs,
        }),
        repeats({
          name: 'dup_line_frac',
          threshold: 0.3,
          title: sentence`Lines that were there before`,
          value: ({ lines }) => lines.count / lines.parts.count,
          repeats: ({ lines }) => lines,
        }),
        repeats({
          name: 'dup_line_char_frac',
          threshold: 0.2,
          title: sentence`Characters in lines that were there before`,
          value: ({ lines, length }) => lines.points / length,
          repeats: ({ lines }) => lines,
        }),
        ...MOST_FREQUENT.map(mostFrequentRun),
        ...REPEATED.map(repeatedRuns),
      ],
    },
    read,
  );
}

function read(text: DocumentText): Repetition {
  const inner = stripped(text.text, 0, text.text.length);
  return {
    length: text.length,
    paragraphs: repeatsOf(text, splitAtLineFeeds(text.text, 2, inner.start, inner.end)),
    lines: repeatsOf(text, splitAtLineFeeds(text.text, 1, 0, text.text.length)),
    runs: new WordRuns(text.words),
  };
}

const EMPTY: MeasureOf<Repetition> = {
  name: 'empty',
  removes: 'below',
  threshold: 1,
  slider: { minimum: 0, maximum: 1000, step: 1 },
  draw: 'length',
  title: sentence`Characters`,
  why: sentence`A document without any text teaches nothing, and many of them make a data set look larger than it is.`,
  value: ({ length }) => length,
  spans: () => [],
};

function repeats(measure: {
  name: string;
  threshold: number;
  title: Sentence;
  value(found: Repetition): number;
  repeats(found: Repetition): Repeats;
}): MeasureOf<Repetition> {
  return {
    ...measure,
    ...SHARE,
    removes: 'above',
    why: sentence`What stands in a document again and again is seldom said by a person: it is a menu, a template or a page that was read twice. It fills the quantity of a data set without adding to what can be learnt.`,
    spans: (found) => {
      const { parts, isRepeat } = measure.repeats(found);
      return parts.spans(isRepeat);
    },
  };
}

function mostFrequentRun([words, threshold]: readonly [number, number]): MeasureOf<Repetition> {
  return {
    name: `top_${words}_gram`,
    removes: 'above',
    threshold,
    ...SHARE,
    // Runs that overlap count the words they share twice.
    draw: 'ratio',
    title: sentence`Characters in the most frequent ${words} words in a row`,
    why: sentence`Where the same few words make up a large part of a text, they were put there for search engines or by a program. Learning them well costs a model a part of its steps and gives it a bad habit. In a document of few words any ${words} in a row are a large part.`,
    value: ({ runs, length }) => {
      const run = runs.mostFrequent(words);
      return run ? (run.times * runs.joinedPoints(run.first, words)) / length : Number.NaN;
    },
    spans: ({ runs }) => {
      const run = runs.mostFrequent(words);
      return run ? runs.spansOf(run.first, words) : [];
    },
  };
}

function repeatedRuns([words, threshold]: readonly [number, number]): MeasureOf<Repetition> {
  return {
    name: `duplicated_${words}_n_grams`,
    removes: 'above',
    threshold,
    ...SHARE,
    title: sentence`Characters in ${words} words in a row that were there before`,
    why: sentence`Long stretches that come back show a text put together from pieces: lists of products, legal boilerplate, pages of a forum with every post quoted. A model learns them by heart instead of learning from them.`,
    value: ({ runs, length }) => runs.repeatedPoints(words) / length,
    spans: ({ runs }) => {
      const spans: Span[] = [];
      runs.repeatedPoints(words, (first) => spans.push(runs.span(first, words)));
      return spans;
    },
  };
}
