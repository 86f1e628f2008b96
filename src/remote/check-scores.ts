import { type Sentence, sentence, VitrineError } from '../shared/errors';
import type { Alternative, PromptScores, ScoredToken } from './protocols/protocol';

/** By so much may a logarithm, or a sum of probabilities, be off: servers write numbers of 16 or 32 bits as decimals. */
const TOLERANCE = 1e-3;

/**
 * Makes sure that every number of an answer is a probability and stands at its own token. Every answer is held to it: a colour
 * at the wrong token looks as good as one at the right one.
 *
 * @throws VitrineError `server.count`, `server.first`, `server.ids`, `server.gap`, `server.value`, `server.sum` or `server.rank`
 */
export function checkScores(host: string, { tokens, from, next }: PromptScores, ids: Uint32Array): void {
  if (from + tokens.length !== ids.length) {
    fail(
      'count',
      sentence`${host} was sent ${ids.length} tokens and answers for ${from + tokens.length}, so its numbers cannot be told apart. Choose another server.`,
    );
  }
  if (tokens[0]?.logprob != null) {
    fail(
      'first',
      sentence`${host} gives a probability to the first token, which nothing predicts: its numbers stand at the wrong tokens. Choose another server.`,
    );
  }
  tokens.forEach((token, i) => {
    if (token.id !== undefined && token.id !== ids[from + i]) {
      fail(
        'ids',
        sentence`${host} has read other tokens than it was sent, from token ${from + i + 1} on. Choose another server, or update it.`,
      );
    }
    if (i === 0) return;
    if (token.logprob === null) {
      fail(
        'gap',
        sentence`${host} leaves out how probable token ${from + i + 1} is. Choose another server, or update it.`,
      );
    }
    const { logprob, top } = token as Predicted;
    checkDistribution(host, top, from + i, { id: ids[from + i] as number, logprob });
    if (!isRankRight(token as Predicted)) {
      fail(
        'rank',
        sentence`${host} gives a rank to token ${from + i + 1} that its probabilities contradict. Choose another server, or update it.`,
      );
    }
  });
  checkDistribution(host, next, ids.length);
}

type Predicted = ScoredToken & { logprob: number };

function fail(code: string, text: Sentence): never {
  throw new VitrineError(`server.${code}`, text);
}

/** @param position of the token that is predicted, from 0 @param own that token, where there is one */
function checkDistribution(host: string, top: readonly Alternative[], position: number, own?: Alternative): void {
  const all = own ? [...top, own] : top;
  if (!all.every(({ logprob }) => Number.isFinite(logprob) && logprob <= TOLERANCE)) {
    fail(
      'value',
      sentence`${host} gives numbers that are no logarithms of probabilities, perhaps logits. Start it so that it gives log-probabilities (vLLM: --logprobs-mode raw_logprobs).`,
    );
  }
  // An id that stands there twice would hide how much its alternatives come to.
  const isRepeated = new Set(top.map(({ id }) => id)).size < top.length;
  if (isRepeated || sumOf(all) > 1 + TOLERANCE) {
    fail(
      'sum',
      sentence`${host} gives probabilities that come to more than 100 % at token ${position + 1}. Choose another server, or update it.`,
    );
  }
}

/** Of probabilities, each id once. */
function sumOf(all: readonly Alternative[]): number {
  const each = new Map(all.map(({ id, logprob }) => [id, logprob]));
  return [...each.values()].reduce((sum, logprob) => sum + Math.exp(logprob), 0);
}

/** Of the alternatives that are known, no more are more probable than the rank says, and no fewer where it is among them. */
function isRankRight({ logprob, rank, top }: Predicted): boolean {
  if (rank === undefined) return true;
  if (!Number.isInteger(rank) || rank < 0) return false;
  const above = top.filter((one) => one.logprob > logprob + TOLERANCE).length;
  const aboveOrLike = top.filter((one) => one.logprob >= logprob - TOLERANCE).length;
  return above <= rank && (rank >= top.length || aboveOrLike >= rank);
}
