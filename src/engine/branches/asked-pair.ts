import { sentence, VitrineError } from '../../shared/errors';
import { unembeddingUnder } from '../adapter-gain';
import type { LensContext } from '../lenses/lens';
import { checkIndex, checkRange } from '../ranges';
import { residualOf, type Trace } from '../trace';
import { logprobsOf } from '../unembed';
import { type Asked, mostProbable } from '../why/asked';

/** Two tokens whose probability is asked for at a position, and the natural logarithms of it as the trace has them. */
export interface AskedPair {
  position: number;
  tokens: readonly [number, number];
  base: Float32Array;
}

/** @throws VitrineError `request.range` of a position or a token that there is not */
export async function askedPair(
  { position, token, against }: Asked,
  { model: { compiled, sessions }, trace }: Pick<LensContext, 'model' | 'trace'>,
): Promise<AskedPair> {
  checkRange(trace, { from: 0, to: position });
  const { vocabSize, numHiddenLayers } = compiled.config;
  for (const id of [token, against]) if (id !== undefined) checkIndex(sentence`token`, id, vocabSize);
  const residual = residualOf(trace, numHiddenLayers, position - 1, position);
  const unembedding = unembeddingUnder(sessions, compiled, trace.interventions);
  const logprobs = await logprobsOf(unembedding, compiled.config, residual);
  const one = token ?? trace.ids[position] ?? mostProbable(logprobs);
  const other = against ?? mostProbable(logprobs, one);
  return { position, tokens: [one, other], base: Float32Array.of(logprobs[one] as number, logprobs[other] as number) };
}

/** @throws VitrineError `request.range` where another run has not as many tokens */
export function checkAsLong(trace: Trace, other: Trace): void {
  if (other.ids.length === trace.ids.length) return;
  throw new VitrineError(
    'request.range',
    sentence`What one text gave can be put into another only where both have as many tokens, and these have ${trace.ids.length} and ${other.ids.length}. Make them equally long.`,
  );
}
