import type { CompiledModel } from '../../model/compile';
import { sentence, VitrineError } from '../../shared/errors';
import type { Sessions } from '../sessions';
import type { Trace } from '../trace';
import { ValueNorms } from '../why/value-norms';
import type { Rows } from './head-group';
import type { Heads } from './projection';

/** Queries whose gates are told apart: each of them asks for the lengths of all values anew. */
const GATED_ROWS = 512;

/** What is said of what a head writes from a token: how long it is, or how much of all it is. */
export type ValueWeighting = 'length' | 'share';

/**
 * Multiplies each attention weight by the length of what its key's value is in the residual stream (Kobayashi et al. 2020,
 * arXiv 2004.10102), in place: by how much a head writes from where. A head that is switched off writes nothing.
 *
 * @param patterns [heads, rows, keys], keys 0 to the last row @param residual [keys, C], what enters the layer
 */
export async function weightByValues(
  sessions: Sessions,
  model: CompiledModel,
  { interventions }: Trace,
  heads: Heads,
  { from, to }: Rows,
  residual: Float32Array,
  patterns: Float32Array,
  weighting: ValueWeighting,
): Promise<void> {
  const { headMask } = interventions;
  const norms = new ValueNorms(sessions, model, heads, interventions);
  const width = residual.length / to;
  const rows = to - from;
  const ofAll = norms.isOfQuery ? undefined : await norms.of(residual);
  for (let row = 0; row < rows; row++) {
    const keys = from + row + 1;
    const lengths = ofAll ?? (await norms.of(residual.subarray(0, keys * width)));
    const stride = lengths.length / heads.count;
    for (let head = 0; head < heads.count; head++) {
      const gain = Math.abs(headMask[heads.layer * model.config.numAttentionHeads + heads.head + head] as number);
      const at = (head * rows + row) * to;
      let all = 0;
      for (let key = 0; key < keys; key++) {
        const length = (patterns[at + key] as number) * gain * (lengths[head * stride + key] as number);
        patterns[at + key] = length;
        all += length;
      }
      if (weighting === 'length' || all === 0) continue;
      for (let key = 0; key < keys; key++) patterns[at + key] = (patterns[at + key] as number) / all;
    }
  }
}

/** @throws VitrineError `request.range` where so many queries of a layer take too long */
export function checkValueWeighted({ architecture }: CompiledModel, layer: number, { from, to }: Rows): void {
  if (!architecture.outputGate || to - from <= GATED_ROWS) return;
  throw new VitrineError(
    'request.range',
    sentence`Layer ${layer} multiplies what its heads give by a gate of each token, so that attention weighted by values is computed for at most ${GATED_ROWS} tokens at a time. Choose a part of the text.`,
  );
}
