import type { Predictions } from '../shared/engine-api';
import type { Work } from '../shared/progress';
import { scoreWindows } from '../workspace/windows';
import type { AskedScores, Served } from './ask-scores';
import { blankPredictions, putPredictions, rowsOf } from './predictions';
import type { ServedAnswer } from './read-answer';
import { hasBegin } from './served-tokenizer';
import type { WindowMemory } from './window-memory';

/**
 * Tokens that a server reads at once. For each it computes how probable every token of the vocabulary is: 2,000 times 152,000
 * numbers take more than a gigabyte there, and servers have been killed by texts of 8,000.
 */
export const WINDOW_TOKENS = 2000;

/** A model that reads texts of any length. */
export interface ServedReader extends Pick<Served, 'protocol' | 'tokenizer'> {
  /** Tokens that are read at once. */
  windowTokens: number;
  memory: WindowMemory;
  /** Has the server read tokens that are not known. */
  ask(asked: AskedScores): Promise<ServedAnswer>;
}

export type TextWork = Work & Pick<AskedScores, 'topK' | 'inBackground'>;

/** What a server says of a text. */
export interface ReadText {
  predictions: Predictions;
  /** Tokens at which another window begins to count: what stands long before them was not read with them. */
  windowStarts: number[];
}

/**
 * What a server says of a row of tokens. Long ones are read in windows that overlap by half, one request at a time: each token
 * has at least half a window before it.
 *
 * @throws VitrineError of `server.*`, or `task.cancelled`
 */
export async function readText(
  reader: ServedReader,
  ids: Uint32Array,
  { progress, ...work }: TextWork,
): Promise<ReadText> {
  const { begin } = reader.tokenizer;
  const own = ids.length > begin.length && hasBegin(begin, ids) ? begin : [];
  // What is put before a text is put before each window.
  const text = ids.subarray(own.length);
  const windowStarts: number[] = [];
  let whole: Predictions | undefined;
  for (const { from, to, scoredFrom } of scoreWindows(text.length, reader.windowTokens - own.length)) {
    const window = await readWindow(reader, Uint32Array.from([...own, ...text.subarray(from, to)]), work);
    whole ??= blankPredictions(ids.length, window.topK, window.rankLimit);
    // The distribution before the first token that counts is of the same window as its probability.
    const first = scoredFrom === 0 ? 0 : own.length + scoredFrom - from - 1;
    putPredictions(whole, rowsOf(window, first, window.logprob.length, window.topK), from + first);
    if (scoredFrom > 0) windowStarts.push(own.length + scoredFrom);
    progress(to, text.length);
  }
  return { predictions: whole ?? blankPredictions(0, work.topK, undefined), windowStarts };
}

async function readWindow(
  { memory, protocol, ask }: ServedReader,
  ids: Uint32Array,
  work: Omit<TextWork, 'progress'>,
): Promise<Predictions> {
  const known = memory.known(ids, work.topK);
  if (known?.logprob.length === ids.length) return known;
  const common = protocol.isIncremental ? Math.min(known?.logprob.length ?? 0, ids.length - 1) : 0;
  // Of the first token that a server answers for it does not say how probable it is.
  const { from, predictions } = await ask({ ids, ...work, knownUpTo: Math.max(0, common - 1) });
  const whole =
    known && from > 0 ? joined(ids.length, rowsOf(known, 0, common, work.topK), predictions, from) : predictions;
  memory.add(ids, whole);
  return whole;
}

function joined(count: number, before: Predictions, after: Predictions, from: number): Predictions {
  const whole = blankPredictions(count, after.topK, after.rankLimit);
  putPredictions(whole, before, 0);
  putPredictions(whole, after, from);
  return whole;
}
