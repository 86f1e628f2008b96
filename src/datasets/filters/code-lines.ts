import { sentence } from '../../shared/errors';
import type { DocumentText } from '../text/document-text';
import type { Ranges } from '../text/ranges';
import { documentFilter, type MeasureOf, SHARE } from './document-filter';
import type { DocumentFilter } from './filter';

/** The lines of a file of code. */
interface CodeReading {
  text: DocumentText;
  lines: Ranges;
  longest: number;
  /** Characters that are letters or digits. */
  lettersAndDigits: number;
}

/**
 * Files of code that nobody wrote by hand: the rules of Codex and of The Stack (https://arxiv.org/abs/2107.03374, section 3.1;
 * https://arxiv.org/abs/2211.15533, section 3), which datatrove does not have. The names of their reasons are Vitrine's.
 */
export function codeLines(): DocumentFilter<DocumentText> {
  return documentFilter(
    {
      name: 'codeLines',
      title: sentence`Lines of code`,
      why: sentence`Tells files that people wrote from minified, generated and encoded ones, which have many tokens and little to learn.`,
      measures: MEASURES,
    },
    read,
  );
}

function read(text: DocumentText): CodeReading {
  const { lines } = text;
  let longest = 0;
  for (let i = 0; i < lines.count; i++) longest = Math.max(longest, lengthOf(text, i));
  return { text, lines, longest, lettersAndDigits: text.text.match(/[\p{L}\p{N}]/gu)?.length ?? 0 };
}

function lengthOf(text: DocumentText, line: number): number {
  return text.points(text.lines.start(line), text.lines.end(line));
}

const MEASURES: readonly MeasureOf<CodeReading>[] = [
  {
    name: 'code_long_line',
    removes: 'above',
    threshold: 1000,
    slider: { minimum: 100, maximum: 5000, step: 100 },
    draw: 'length',
    title: sentence`Characters in the longest line`,
    why: sentence`A line of a thousand characters is data or the output of a program, and not code that somebody reads.`,
    value: ({ longest }) => longest,
    spans: ({ text, lines }, threshold) => lines.spans((line) => lengthOf(text, line) > threshold),
  },
  {
    name: 'code_long_lines',
    removes: 'above',
    threshold: 100,
    slider: { minimum: 20, maximum: 500, step: 10 },
    draw: 'length',
    title: sentence`Characters in a line, on average`,
    why: sentence`Where lines are long on average, a file is minified: a model learns from it how programs compress code, not how people write it.`,
    value: ({ text, lines }) => text.length / lines.count,
    spans: ({ text, lines }, threshold) => lines.spans((line) => lengthOf(text, line) > threshold),
  },
  {
    name: 'code_few_letters',
    removes: 'below',
    threshold: 0.25,
    ...SHARE,
    title: sentence`Characters that are letters or digits`,
    why: sentence`Where three quarters of a file are signs, it is a table, a drawing or encoded data.`,
    value: ({ text, lettersAndDigits }) => lettersAndDigits / text.length,
    spans: () => [],
  },
];
