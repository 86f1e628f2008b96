import { UNEMBEDDING } from '../../model/graphs/ports';
import { sentence, VitrineError } from '../../shared/errors';
import { unembeddingUnder } from '../adapter-gain';
import type { LensContext } from '../lenses/lens';
import { checkIndex, checkRange } from '../ranges';
import { float32, floats, int64 } from '../tensors';
import { residualOf } from '../trace';
import { type Direction, directionOf, type Pair } from './direction';

/** What a request about the cause of a token names. */
export interface Asked {
  position: number;
  token?: number | undefined;
  against?: number | undefined;
}

/** The two tokens that are held against each other at a position, and what the model said of them. */
export interface Question extends Pair {
  position: number;
  /** What leaves the last layer before the position, [C]. */
  stream: Float32Array;
  logprobs: { token: number; against: number };
  logitDifference: number;
  direction: Direction;
}

/** @throws VitrineError `request.range` of a position or a token that there is not */
export async function questionOf(asked: Asked, { model, trace }: LensContext): Promise<Question> {
  const { compiled, sessions } = model;
  const { config } = compiled;
  const { position } = asked;
  checkRange(trace, { from: 0, to: position });
  for (const id of [asked.token, asked.against])
    if (id !== undefined) checkIndex(sentence`token`, id, config.vocabSize);
  const stream = residualOf(trace, config.numHiddenLayers, position - 1, position);
  const results = await unembeddingUnder(sessions, compiled, trace.interventions).run(
    { [UNEMBEDDING.residual]: float32(stream, 1, config.hiddenSize), [UNEMBEDDING.target]: int64([0], 1) },
    [UNEMBEDDING.logits, UNEMBEDDING.logZ],
  );
  const logits = floats(results[UNEMBEDDING.logits]);
  const logZ = floats(results[UNEMBEDDING.logZ])[0] as number;
  const token = asked.token ?? trace.ids[position] ?? mostProbable(logits);
  const against = asked.against ?? mostProbable(logits, token);
  if (token === against) throw sameToken();
  const [ofToken, ofAgainst] = [logits[token] as number, logits[against] as number];
  return {
    token,
    against,
    position,
    stream,
    logprobs: { token: ofToken - logZ, against: ofAgainst - logZ },
    logitDifference: ofToken - ofAgainst,
    direction: directionOf(compiled, stream, { token, against }, trace.interventions),
  };
}

/** @param but a token that is left out */
export function mostProbable(logits: Float32Array, but?: number): number {
  let best = but === 0 ? 1 : 0;
  for (let id = 0; id < logits.length; id++) {
    if (id !== but && (logits[id] as number) > (logits[best] as number)) best = id;
  }
  return best;
}

function sameToken(): VitrineError {
  return new VitrineError(
    'request.range',
    sentence`A token was to be held against itself. Choose another one to hold it against.`,
  );
}
