import { type Sentence, sentence } from '../../shared/errors';
import type { ProblemKind } from '../file/problem';
import type { EntryFilter, Measure } from '../filters/filter';

const measure = (name: ProblemKind, title: Sentence, why: Sentence): Measure => ({
  name,
  title,
  why,
  removes: 'above',
  threshold: 0,
  slider: { minimum: 0, maximum: 1, step: 1 },
  draw: 'count',
});

const MEASURES = [
  measure(
    'empty_row',
    sentence`Empty`,
    sentence`A row of nothing, or of white space alone: a model learns to end before it begins.`,
  ),
  measure(
    'malformed',
    sentence`Not a row of its format`,
    sentence`A line that is no JSON, or a row of a table whose quotes do not match: it was cut off, or written by hand.`,
  ),
  measure(
    'no_text',
    sentence`No text in it`,
    sentence`The field that has the text in other rows is missing here, or no conversation is found.`,
  ),
  measure(
    'not_utf8',
    sentence`Bytes that are not UTF-8`,
    sentence`Text in another encoding: letters with accents would become replacement marks, and a model would learn these.`,
  ),
  measure(
    'half_character',
    sentence`Half of a character`,
    sentence`A text that was cut within a character (an unpaired surrogate), which most tokenizers refuse.`,
  ),
  measure(
    'too_long',
    sentence`Too long to be read`,
    sentence`A row of over 8 MB is mostly no text of one author, but a dump. Split it if it is.`,
  ),
  measure(
    'unreadable',
    sentence`Not to be read from the disk`,
    sentence`The part of the file in which it stands is damaged, or reading it is not allowed.`,
  ),
];

/** What cannot be read, or not whole, is told by no other rule. */
export const readable: EntryFilter = {
  kind: 'entry',
  name: 'readable',
  title: sentence`Can be read`,
  why: sentence`A row that is empty, no JSON, without a text, in another encoding or too long to be read is not what a model should learn from, and a training run may stop at it.`,
  measures: MEASURES,
  measure({ problem, text }, numbers, at) {
    const kind = problem?.kind ?? (text.trim() === '' ? 'empty_row' : undefined);
    for (const [i, { name }] of MEASURES.entries()) numbers[at + i] = name === kind ? 1 : 0;
  },
};
