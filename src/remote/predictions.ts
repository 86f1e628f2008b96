import type { Predictions, TokenScores } from '../shared/engine-api';
import { sentence, VitrineError } from '../shared/errors';
import { entropyBound } from './entropy-bound';
import type { Alternative, PromptScores } from './protocols/protocol';

/**
 * What a server says of a whole text as an engine says it. What no server tells is NaN: what softmax divides by, and all of
 * a distribution of which it gives no alternatives.
 *
 * @param topK alternatives that every answer has
 */
export function predictionsOf({ tokens, next }: PromptScores, topK: number): Predictions {
  const count = tokens.length;
  const hasRanks = tokens.every(({ rank }, i) => i === 0 || rank !== undefined);
  const predictions: Predictions = {
    logprob: Float32Array.from(tokens, ({ logprob }) => logprob ?? Number.NaN),
    rank: Uint32Array.from(tokens, ({ rank, id, top }) => rank ?? rankAmong(top.slice(0, topK), id)),
    ...(!hasRanks && { rankLimit: topK }),
    logZAfter: new Float32Array(count).fill(Number.NaN),
    entropyAfter: new Float32Array(count).fill(Number.NaN),
    isEntropyBound: true,
    topIdsAfter: new Uint32Array(count * topK),
    topLogprobsAfter: new Float32Array(count * topK).fill(Number.NaN),
    topK,
  };
  for (let position = 0; position < count; position++) {
    const after = (tokens[position + 1]?.top ?? next).slice(0, topK);
    if (after.length > 0) predictions.entropyAfter[position] = entropyBound(after.map(({ logprob }) => logprob));
    after.forEach(({ id, logprob }, i) => {
      predictions.topIdsAfter[position * topK + i] = id;
      predictions.topLogprobsAfter[position * topK + i] = logprob;
    });
  }
  return predictions;
}

/** The same, of those who want to know only how probable each token is, and which one was the most probable. */
export function scoresOf({ tokens }: PromptScores): TokenScores {
  return {
    logprob: Float32Array.from(tokens, ({ logprob }) => logprob ?? Number.NaN),
    expected: Uint32Array.from(tokens, ({ top }) => top[0]?.id ?? 0),
  };
}

/** Of a text the positions from one to another, the last not among them, with fewer alternatives. @throws VitrineError `request.range` */
export function rowsOf(all: Predictions, from: number, to: number, topK: number): Predictions {
  if (from >= to || to > all.logprob.length) {
    throw new VitrineError(
      'request.range',
      sentence`The tokens ${from} to ${to} were asked for, and the text has ${all.logprob.length}. Ask for a range inside it.`,
    );
  }
  const alternatives = <A extends Float32Array | Uint32Array>(values: A, rows: A): A => {
    for (let i = 0; i < rows.length; i++) {
      const row = from + Math.floor(i / topK);
      rows[i] = values[row * all.topK + (i % topK)] as number;
    }
    return rows;
  };
  return {
    ...all,
    logprob: all.logprob.slice(from, to),
    rank: all.rank.slice(from, to),
    logZAfter: all.logZAfter.slice(from, to),
    entropyAfter: all.entropyAfter.slice(from, to),
    topIdsAfter: alternatives(all.topIdsAfter, new Uint32Array((to - from) * topK)),
    topLogprobsAfter: alternatives(all.topLogprobsAfter, new Float32Array((to - from) * topK)),
    topK,
  };
}

/** How many alternatives are more probable: all of them where it is none of them. */
function rankAmong(top: readonly Alternative[], id: number | undefined): number {
  const place = top.findIndex((one) => one.id === id);
  return place < 0 ? top.length : place;
}
