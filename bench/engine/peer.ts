import * as v from 'valibot';
import type { ModelConfig } from '../../src/model/config';
import type { Peers } from './bench';
import { withWorker } from './worker';

const WORKER = 'bench/peers/worker.py';

const MOST_BYTES_OF_ATTENTIONS = 6e9;

/** How the peer is called in a table. */
export const TRANSFORMERS = 'transformers (sdpa)';
export const TRANSFORMERS_WITH_ATTENTIONS = 'transformers with attentions (eager)';

const timing = v.object({ seconds: v.number() });
const reading = v.object({ ...timing.entries, logprob: v.number() });
const list = v.array(v.number());
const numbers = v.object({ logprob: list, entropy: list, lens: list, attention: list });
const bothNumbers = v.object({ float64: numbers, float32: numbers });

/** Logprobs [T - 1], entropies in bits [T], logprobs by the logit lens [L, T - 1], weights of the last query [L, H, T]. */
export type Numbers = v.InferOutput<typeof numbers>;

/** Hugging Face transformers in a process of its own, with the model loaded. */
export interface Peer {
  readonly pid: number | undefined;
  /** A forward pass with the statistics of every position; `logprob` is the mean of all tokens but the first. */
  forward(ids: Uint32Array, attentions: boolean): Promise<v.InferOutput<typeof reading>>;
  /** Seconds of so many forward passes, of which nothing is computed but the logits. */
  passes(ids: Uint32Array, count: number): Promise<number>;
  /** Seconds of the product of two square matrices. */
  product(size: number): Promise<number>;
  /** What a text is held to, computed in float64, and what transformers computes in float32. */
  numbers(ids: ArrayLike<number>): Promise<v.InferOutput<typeof bothNumbers>>;
}

/**
 * Lets a peer be used, and leaves no process behind.
 *
 * @param checkpoint a folder that transformers wrote, or a GGUF file.
 */
export async function withPeer<T>(
  { python }: Pick<Peers, 'python'>,
  checkpoint: string,
  use: (peer: Peer) => Promise<T>,
): Promise<T> {
  return withWorker(python, [WORKER, checkpoint], ({ pid, ask }) =>
    use({
      pid,
      forward: async (ids, attentions) => v.parse(reading, await ask({ task: 'forward', ids: [...ids], attentions })),
      numbers: async (ids) => v.parse(bothNumbers, await ask({ task: 'numbers', ids: Array.from(ids) })),
      passes: async (ids, count) => v.parse(timing, await ask({ task: 'passes', ids: [...ids], count })).seconds,
      product: async (size) => v.parse(timing, await ask({ task: 'product', size })).seconds,
    }),
  );
}

/** Whether transformers is to keep all attention patterns of so many tokens: of 4,096 they are 18 GB, and it needs more. */
export function attentionsFit({ numHiddenLayers, numAttentionHeads }: ModelConfig, tokens: number): boolean {
  return numHiddenLayers * numAttentionHeads * tokens ** 2 * Float32Array.BYTES_PER_ELEMENT <= MOST_BYTES_OF_ATTENTIONS;
}
