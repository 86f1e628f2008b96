import { setImmediate } from 'node:timers/promises';
import type { ModelConfig } from '../../model/config';
import type { Session } from '../sessions';
import { unembed } from '../unembed';

/** Rows that one run of the unembedding takes. */
const ROWS = 128;

/**
 * How probable tokens are by several streams [n, C], of which each is of the last n positions before them: natural
 * logarithms, [n] each.
 */
export async function targetLogprobs(
  session: Session,
  config: ModelConfig,
  streams: readonly Float32Array[],
  tokens: readonly number[],
  signal: AbortSignal,
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
  const logprob = new Float32Array(targets.length);
  for (let from = 0; from < targets.length; from += ROWS) {
    // A run blocks the thread: between two, a request to cancel gets in.
    await setImmediate();
    signal.throwIfAborted();
    const to = Math.min(from + ROWS, targets.length);
    const rows = all.subarray(from * hiddenSize, to * hiddenSize);
    logprob.set((await unembed(session, config, rows, targets.slice(from, to))).logprob, from);
  }
  let row = 0;
  return streams.map(({ length }) => {
    const from = row;
    row += length / hiddenSize;
    return logprob.subarray(from, row);
  });
}
