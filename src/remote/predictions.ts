import type { Predictions, TokenScores } from '../shared/engine-api';
import { sentence, VitrineError } from '../shared/errors';
import { entropyBound } from './entropy-bound';
import type { Alternative, PromptScores } from './protocols/protocol';

/**
 * What a server says of a row of tokens as an engine says it. What no server tells is NaN: what softmax divides by, and all of
 * a distribution of which it gives no alternatives.
 *
 * @param topK alternatives that every answer has
 */
export function predictionsOf({ tokens, next }: PromptScores, topK: number): Predictions {
  const hasRanks = tokens.every(({ rank }, i) => i === 0 || rank !== undefined);
  const predictions = blankPredictions(tokens.length, topK, hasRanks ? undefined : topK);
  for (const [position, { logprob, rank, id, top }] of tokens.entries()) {
    predictions.logprob[position] = logprob ?? Number.NaN;
    predictions.rank[position] = rank ?? rankAmong(top.slice(0, topK), id);
    const after = (tokens[position + 1]?.top ?? next).slice(0, topK);
    if (after.length > 0) predictions.entropyAfter[position] = entropyBound(after.map((one) => one.logprob));
    after.forEach((one, i) => {
      predictions.topIdsAfter[position * topK + i] = one.id;
      predictions.topLogprobsAfter[position * topK + i] = one.logprob;
    });
  }
  return predictions;
}

/** Of so many positions of which nothing is known. @param rankLimit undefined where ranks are known however large they are */
export function blankPredictions(count: number, topK: number, rankLimit: number | undefined): Predictions {
  return {
    logprob: new Float32Array(count).fill(Number.NaN),
    rank: new Uint32Array(count),
    ...(rankLimit !== undefined && { rankLimit }),
    logZAfter: new Float32Array(count).fill(Number.NaN),
    entropyAfter: new Float32Array(count).fill(Number.NaN),
    isEntropyBound: true,
    topIdsAfter: new Uint32Array(count * topK),
    topLogprobsAfter: new Float32Array(count * topK).fill(Number.NaN),
    topK,
  };
}

/**
 * Puts what was said of a part where it belongs in the whole, which has as many alternatives. How probable the first token of
 * the part is stays as it is: an answer says nothing of that, only of what follows it.
 */
export function putPredictions(whole: Predictions, part: Predictions, at: number): void {
  whole.logprob.set(part.logprob.subarray(1), at + 1);
  whole.rank.set(part.rank.subarray(1), at + 1);
  whole.entropyAfter.set(part.entropyAfter, at);
  whole.topIdsAfter.set(part.topIdsAfter, at * whole.topK);
  whole.topLogprobsAfter.set(part.topLogprobsAfter, at * whole.topK);
}

/** The same, of those who want to know only how probable each token is, and which one was the most probable where that is known. */
export function scoresOf({ logprob, topIdsAfter, topK }: Predictions): TokenScores {
  const expected = Uint32Array.from(logprob, (_, position) => topIdsAfter[(position - 1) * topK] ?? 0);
  return { logprob, ...(topK > 0 && { expected }) };
}

/** Of a text the positions from one to another, the last not among them, with fewer alternatives. @throws VitrineError `request.range` */
export function rowsOf(all: Predictions, from: number, to: number, topK: number): Predictions {
  if (from >= to || to > all.logprob.length) {
    throw new VitrineError(
      'request.range',
      sentence`The tokens ${from} to ${to} were asked for, and the text has ${all.logprob.length}. Ask for a range inside it.`,
    );
  }
  const rows = blankPredictions(
    to - from,
    topK,
    all.rankLimit === undefined ? undefined : Math.min(all.rankLimit, topK),
  );
  rows.logprob.set(all.logprob.subarray(from, to));
  rows.rank.set(all.rank.subarray(from, to).map((rank) => Math.min(rank, rows.rankLimit ?? rank)));
  for (let row = 0; row < to - from; row++) {
    const first = (from + row) * all.topK;
    rows.topIdsAfter.set(all.topIdsAfter.subarray(first, first + topK), row * topK);
    const logprobs = all.topLogprobsAfter.subarray(first, first + topK);
    rows.topLogprobsAfter.set(logprobs, row * topK);
    rows.entropyAfter[row] = topK === all.topK ? (all.entropyAfter[from + row] as number) : entropyOf(logprobs);
  }
  return rows;
}

/** NaN where nothing is known. */
function entropyOf(logprobs: Float32Array): number {
  const known = Array.from(logprobs).filter((logprob) => !Number.isNaN(logprob));
  return known.length > 0 ? entropyBound(known) : Number.NaN;
}

/** How many alternatives are more probable: all of them where it is none of them. */
function rankAmong(top: readonly Alternative[], id: number | undefined): number {
  const place = top.findIndex((one) => one.id === id);
  return place < 0 ? top.length : place;
}
