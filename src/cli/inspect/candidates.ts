import type { Engine } from '../../engine/client';
import type { Candidate } from './inspection';

/** The candidates of every place, of arrays [place, topK]. */
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
  return Array.from({ length: places }, (_, place) => candidates.slice(place * topK, (place + 1) * topK));
}
