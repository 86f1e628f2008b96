import type { Engine } from '../../engine/client';
import type { TraceInfo } from '../../shared/engine-api';
import { describeCandidates } from './candidates';
import type { InspectedToken } from './inspection';
import type { TokenRange } from './selection';

/** The tokens of a range, with what the model thought of each and what it expects after it. */
export async function inspectTokens(
  engine: Engine,
  text: string,
  trace: TraceInfo,
  { from, to }: TokenRange,
  topK: number,
): Promise<InspectedToken[]> {
  // What would stand in the first one's place is known from the token before it.
  const first = Math.max(0, from - 1);
  const predictions = await engine.predictions({ trace: trace.trace, from: first, to, topK });
  const candidates = await describeCandidates(
    engine,
    predictions.topIdsAfter,
    predictions.topLogprobsAfter,
    predictions.topK,
  );
  const bytes = Buffer.from(text);
  return Array.from({ length: to - from }, (_, index) => {
    const position = from + index;
    const row = position - first;
    const [start = 0, end = 0] = [trace.starts[position], trace.ends[position]];
    const logprob = predictions.logprob[row] ?? Number.NaN;
    return {
      position,
      id: trace.ids[position] ?? 0,
      text: text.slice(start, end),
      bytes: bytes.toString('hex', trace.byteStarts[position], trace.byteEnds[position]),
      start,
      end,
      prediction: Number.isNaN(logprob) ? undefined : { logprob, rank: predictions.rank[row] ?? 0 },
      instead: candidates[row - 1] ?? [],
      entropy: predictions.entropyAfter[row] ?? Number.NaN,
      after: candidates[row] ?? [],
      entropyBefore: predictions.entropyAfter[row - 1],
    };
  });
}
