import { setImmediate } from 'node:timers/promises';
import type { CompiledModel } from '../../model/compile';
import type { HeadAddress } from '../../shared/head-address';
import type { Work } from '../../shared/progress';
import { LayerRunner } from '../layer-runner';
import { checkAttention, checkHead, checkPosition } from '../ranges';
import type { Sessions } from '../sessions';
import { residualOf, type Trace } from '../trace';
import { unembed } from '../unembed';
import type { LensOf } from './lens';

/** Residual streams that are in memory at a time. */
const STREAM_BYTES = 2 ** 28;
/** Positions that go through a layer in one run: so many that products are at their fastest. */
const RUN_ROWS = 1024;

/** How probable a token is with each of some heads switched off by itself. */
export const headAblations: LensOf<'headAblations'> = {
  runsGraph: true,
  answer({ position, heads }, { model: { compiled, sessions }, trace, signal, progress }) {
    for (const head of heads) {
      checkHead(compiled.config, head);
      checkAttention(compiled.config, head.layer);
    }
    checkPosition(trace, position);
    return ablateHeads(sessions, compiled, trace, position, heads, { signal, progress: progress('ablate') });
  },
};

/**
 * How probable a token of a trace is with each of some heads switched off by itself, beside those that are off anyway.
 *
 * A head changes nothing before its layer: there the trace knows the residual stream, and a stream of the head's own
 * begins. The streams go up through the layers together, so that a layer's weights are read once for all of them, and of
 * the last layer only the position is computed of which the answer is asked.
 *
 * @param position of the token, from 1 on.
 * @returns natural logarithm of its probability, for each head
 */
async function ablateHeads(
  sessions: Sessions,
  model: CompiledModel,
  trace: Trace,
  position: number,
  heads: readonly HeadAddress[],
  { signal, progress }: Work,
): Promise<Float32Array> {
  const { numHiddenLayers, hiddenSize } = model.config;
  const order = heads.map((_, index) => index).sort((a, b) => layerOf(heads, a) - layerOf(heads, b));
  const streams = Math.max(1, Math.floor(STREAM_BYTES / (position * hiddenSize * Float32Array.BYTES_PER_ELEMENT)));
  const total = heads.reduce((sum, { layer }) => sum + numHiddenLayers - layer, 0);
  let done = 0;
  const step = async (count: number) => {
    progress(done, total);
    done += count;
    // A run blocks the thread: between two, a request to cancel gets in.
    await setImmediate();
    signal.throwIfAborted();
  };
  const logprobs = new Float32Array(heads.length);
  for (let from = 0; from < order.length; from += streams) {
    const part = order.slice(from, from + streams);
    const off = part.map((index) => heads[index] as HeadAddress);
    const last = await lastResiduals(sessions, model, trace, position, off, step);
    const target = new Uint32Array(part.length).fill(trace.ids[position] as number);
    const { logprob } = await unembed(sessions.unembedding, model.config, last, target);
    for (const [i, index] of part.entries()) logprobs[index] = logprob[i] as number;
  }
  progress(total, total);
  return logprobs;
}

const layerOf = (heads: readonly HeadAddress[], index: number) => (heads[index] as HeadAddress).layer;

/** What leaves the last layer at the position before the token, for each head that is off: [heads, C]. @param off by layer */
async function lastResiduals(
  sessions: Sessions,
  model: CompiledModel,
  trace: Trace,
  tokens: number,
  off: readonly HeadAddress[],
  step: (heads: number) => Promise<void>,
): Promise<Float32Array> {
  const { numHiddenLayers, hiddenSize } = model.config;
  const size = tokens * hiddenSize;
  const streams = new Float32Array(off.length * size);
  const upward = new LayerRunner(
    sessions.kinds.map(({ layer }) => layer),
    model,
    trace.ids.length,
    trace.interventions,
  );
  let begun = 0;
  const last = new Float32Array(off.length * hiddenSize);
  for (let layer = (off[0] as HeadAddress).layer; layer < numHiddenLayers; layer++) {
    for (; off[begun]?.layer === layer; begun++) streams.set(residualOf(trace, layer, 0, tokens), begun * size);
    upward.enter(layer);
    const together = Math.max(1, Math.floor(RUN_ROWS / tokens));
    for (let from = 0; from < begun; from += together) {
      const to = Math.min(from + together, begun);
      await step(to - from);
      const headMask = headMasksOf(model, trace, layer, off.slice(from, to));
      const part = streams.subarray(from * size, to * size);
      if (layer < numHiddenLayers - 1) await upward.pass(part, headMask);
      else last.set(await upward.last(part, headMask), from * hiddenSize);
    }
  }
  return last;
}

/** [heads that are off, H]: what the trace has, and in a head's own layer the head off. */
function headMasksOf(
  { config }: CompiledModel,
  trace: Trace,
  layer: number,
  off: readonly HeadAddress[],
): Float32Array {
  const { numAttentionHeads } = config;
  const headMask = new Float32Array(off.length * numAttentionHeads);
  for (const [i, head] of off.entries()) {
    headMask.set(
      trace.interventions.headMask.subarray(layer * numAttentionHeads, (layer + 1) * numAttentionHeads),
      i * numAttentionHeads,
    );
    if (head.layer === layer) headMask[i * numAttentionHeads + head.head] = 0;
  }
  return headMask;
}
