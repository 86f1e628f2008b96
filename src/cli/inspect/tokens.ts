import { formatQuantity } from '../../display/numbers';
import type { Engine } from '../../engine/client';
import { SERVED_ALTERNATIVES } from '../../shared/alternatives';
import { VitrineError } from '../../shared/errors';
import type { Span } from '../../shared/tokens';
import { UsageError } from '../usage-error';
import type { Candidate, InspectedToken, ReadPrompt, TokenRange } from './inspection';

/**
 * The tokens that touch a part of the text, or all of them.
 *
 * @throws UsageError where the part is not in the text, VitrineError `select.empty` where the model sees nothing of it.
 */
export function tokensIn(
  { text, trace: { ids, starts, ends } }: Pick<ReadPrompt, 'text' | 'trace'>,
  select: Span | undefined,
): TokenRange {
  if (select === undefined) return { from: 0, to: ids.length };
  if (select.end > text.length) {
    throw new UsageError(
      `${select.start}:${select.end} is past the end of the text, which has ${formatQuantity(text.length, 'UTF-16 unit')}.`,
    );
  }
  const from = ends.findIndex((end, index) => end > select.start && (starts[index] ?? 0) < select.end);
  if (from < 0) {
    throw new VitrineError(
      'select.empty',
      `The model sees nothing of ${select.start}:${select.end}: no token that it read touches this part of the text.`,
    );
  }
  const after = starts.findIndex((start, index) => index > from && start >= select.end);
  return { from, to: after < 0 ? ids.length : after };
}

/** The tokens of a range, with what the model thought of each and what it expects after it. */
export async function inspectTokens(
  engine: Engine,
  { text, trace, bytesOf, names }: ReadPrompt,
  { from, to }: TokenRange,
  topK: number,
): Promise<InspectedToken[]> {
  // What would stand in the first one's place is known from the token before it.
  const first = Math.max(0, from - 1);
  // A server tells ranks and entropies by what it names, and has named so many with the text.
  const asked = Math.max(topK, SERVED_ALTERNATIVES);
  const predictions = await engine.predictions({ trace: trace.trace, from: first, to, topK: asked });
  const described = await describeCandidates(
    engine,
    predictions.topIdsAfter,
    predictions.topLogprobsAfter,
    predictions.topK,
  );
  const candidates = described.map((each) => each.slice(0, topK));
  return Array.from({ length: to - from }, (_, index) => {
    const position = from + index;
    const row = position - first;
    const [start = 0, end = 0] = [trace.starts[position], trace.ends[position]];
    const logprob = predictions.logprob[row] ?? Number.NaN;
    return {
      position,
      id: trace.ids[position] ?? 0,
      text: text.slice(start, end),
      bytes: bytesOf(position),
      name: names.get(position),
      start,
      end,
      prediction: Number.isNaN(logprob)
        ? undefined
        : { logprob, rank: predictions.rank[row] ?? 0, rankLimit: predictions.rankLimit },
      instead: candidates[row - 1] ?? [],
      entropy: predictions.entropyAfter[row] ?? Number.NaN,
      after: candidates[row] ?? [],
      entropyBefore: predictions.entropyAfter[row - 1],
    };
  });
}

/** The candidates of every place, of arrays [place, topK]: fewer where a model that runs elsewhere has named fewer. */
export async function describeCandidates(
  engine: Engine,
  ids: Uint32Array,
  logprobs: Float32Array,
  topK: number,
): Promise<Candidate[][]> {
  const unique = [...new Set(ids)];
  const descriptions = await engine.describe({ ids: unique });
  const byId = new Map(unique.map((id, index) => [id, descriptions[index]]));
  const candidates = Array.from(ids, (id, index): Candidate => {
    const { text = '', bytes = '' } = byId.get(id) ?? {};
    return { id, text, bytes, logprob: logprobs[index] ?? Number.NaN };
  });
  const places = topK === 0 ? 0 : ids.length / topK;
  return Array.from({ length: places }, (_, place) =>
    candidates.slice(place * topK, (place + 1) * topK).filter(({ logprob }) => !Number.isNaN(logprob)),
  );
}
