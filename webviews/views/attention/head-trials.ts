import type { HeadAddress } from '../../../src/shared/head-address';
import type { ViewStore } from '../../store/view-store';

/** What became of a token when one head was switched off. */
export interface Trial extends HeadAddress {
  /** Log-probability of the token without the head, less with it. */
  change: number;
}

/** Heads that are tried together, under the number by which the engine tells how far it is. */
export interface TrialBatch {
  task: number;
  heads: number;
}

/** Tokens of all heads of a batch together: of a short text all heads are one, and of a long one results come in time. */
const BATCH_TOKENS = 4096;

/**
 * Switches off every head by itself, on the text up to a token, and looks at how probable the token is. Heads that look
 * at something come before those that rest on the first token: the ones that matter are mostly found soon.
 *
 * @param token of the text, from the second on; @param begun is told of every batch before its trials come
 */
export async function* tryHeads(
  store: ViewStore,
  { trace, token, before }: { trace: number; token: number; before: number },
  signal: AbortSignal,
  begun: (batch: TrialBatch) => void,
): AsyncGenerator<Trial[]> {
  const all = await inOrder(store, trace, token - 1);
  const size = Math.max(1, Math.floor(BATCH_TOKENS / token));
  for (let from = 0; from < all.length; from += size) {
    signal.throwIfAborted();
    const heads = all.slice(from, from + size);
    const began = (task: number) => begun({ task, heads: heads.length });
    const parts = heads.map((head) => ({ kind: 'head' as const, ...head }));
    const { logprobs } = await store.lenses.ablations({ trace, position: token, parts }, { signal, began });
    yield heads.map((head, i) => ({ ...head, change: (logprobs[2 * i] ?? Number.NaN) - before }));
  }
}

/** All heads of layers that have attention, the ones that give the first token least at the query before the token first. */
async function inOrder(store: ViewStore, trace: number, query: number): Promise<HeadAddress[]> {
  const heads = store.state.model?.numAttentionHeads ?? 0;
  const patterns = await store.lenses.attentionOfQuery({ trace, query });
  const keys = query + 1;
  const firsts = Array.from({ length: patterns.length / keys }, (_, head) => patterns[head * keys] ?? 0);
  return Array.from(firsts.keys())
    .sort((one, other) => (firsts[one] ?? 0) - (firsts[other] ?? 0))
    .map((index) => ({ layer: Math.floor(index / heads), head: index % heads }))
    .filter(({ layer }) => store.state.model?.layers[layer]?.attention);
}
