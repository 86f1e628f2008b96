import type { InspectorStore } from '../../store/store';
import type { HeadAddress } from './looked';

/** What became of a token when one head was switched off. */
export interface Trial extends HeadAddress {
  /** Log-probability of the token without the head, less with it. */
  change: number;
}

/**
 * Switches off every head by itself, on the text up to a token, and looks at how probable the token is. Heads that look
 * at something come before those that rest on the first token: the ones that matter are mostly found soon.
 *
 * @param read the tokens up to the one in question, at least two
 */
export async function* tryHeads(
  store: InspectorStore,
  { trace, ids }: { trace: number; ids: readonly number[] },
  signal: AbortSignal,
): AsyncGenerator<Trial> {
  const gains = store.state.ablated.map((head) => ({ ...head, gain: 0 }));
  const score = async (off: HeadAddress[]) => {
    signal.throwIfAborted();
    const task = store.newTask();
    const cancel = () => void store.host.cancel({ task });
    signal.addEventListener('abort', cancel);
    try {
      const request = { task, ids: [...ids], gains: [...gains, ...off.map((head) => ({ ...head, gain: 0 }))] };
      return (await store.host.score(request)).at(-1) ?? Number.NaN;
    } finally {
      signal.removeEventListener('abort', cancel);
    }
  };
  const before = await score([]);
  for (const head of await inOrder(store, trace, ids.length - 2))
    yield { ...head, change: (await score([head])) - before };
}

/** All heads, the ones that give the first token least at the query before the token first. */
async function inOrder(store: InspectorStore, trace: number, query: number): Promise<HeadAddress[]> {
  const heads = store.state.model?.heads ?? 0;
  const patterns = await store.lenses.attentionOfQuery({ trace, query });
  const keys = query + 1;
  const firsts = Array.from({ length: patterns.length / keys }, (_, head) => patterns[head * keys] ?? 0);
  return Array.from(firsts.keys())
    .sort((one, other) => (firsts[one] ?? 0) - (firsts[other] ?? 0))
    .map((index) => ({ layer: Math.floor(index / heads), head: index % heads }));
}
