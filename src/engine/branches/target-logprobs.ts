import type { ModelConfig } from '../../model/config';
import type { Session } from '../sessions';
import { unembed } from '../unembed';

/**
 * How probable tokens are by several streams [n, C], of which each is of the last n positions before them: natural
 * logarithms, [n] each.
 */
export async function targetLogprobs(
  session: Session,
  config: ModelConfig,
  streams: readonly Float32Array[],
  tokens: readonly number[],
): Promise<Float32Array[]> {
  const { hiddenSize } = config;
  const all = new Float32Array(streams.reduce((sum, { length }) => sum + length, 0));
  const targets: number[] = [];
  let at = 0;
  for (const stream of streams) {
    all.set(stream, at);
    at += stream.length;
    targets.push(...tokens.slice(tokens.length - stream.length / hiddenSize));
  }
  if (targets.length === 0) return streams.map(() => new Float32Array());
  const { logprob } = await unembed(session, config, all, targets);
  let row = 0;
  return streams.map(({ length }) => {
    const from = row;
    row += length / hiddenSize;
    return logprob.subarray(from, row);
  });
}
