import type { Asked } from '../../../../src/display/asked-place';
import type { Subject } from '../../../../src/shared/inspector-api';
import { spansOf, wordsOf } from '../../../../src/shared/words';
import { subjectTokens, type TokenText, tokensBefore } from '../../../kit/subject-tokens';
import type { FillWord } from './fills';

/** The text before the token that is asked about: the clean run. */
export interface CleanText {
  text: string;
  ids: readonly number[];
  tokens: readonly TokenText[];
  /** Tokens before the text that are none of its own. */
  before: readonly number[];
  words: readonly FillWord[];
  /** The trace that has it, where it is all of the text. */
  trace: number | undefined;
}

const ENDS_SENTENCE = /(^|[.!?…:\n]["'”»)]*\s*)$/u;

export function cleanTextOf(subject: Subject, { position }: Asked): CleanText | undefined {
  const { read } = subject;
  if (!read) return undefined;
  const tokens = subjectTokens(subject).slice(0, position);
  const text = subject.text.slice(0, read.ends[position - 1]);
  const spans = spansOf(read.starts.subarray(0, position), read.ends.subarray(0, position));
  const words = wordsOf(text, spans).map(({ start, end, first, last }) => ({
    text: text.slice(start, end),
    start,
    end,
    tokens: last - first + 1,
    isFirst: ENDS_SENTENCE.test(text.slice(0, start)),
  }));
  const ids = [...read.ids.subarray(0, position)];
  const before = ids.slice(0, tokensBefore(tokens));
  return { text, ids, tokens, before, words, trace: position === read.ids.length ? read.trace : undefined };
}
