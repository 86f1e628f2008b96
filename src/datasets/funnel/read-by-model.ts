import type { ResultStore } from '../../background/result-store';
import { bitsPerByte, type TextModel } from './bits-per-byte';
import type { Funnel } from './funnel-api';

/** Texts that are brought at once: so few that one sees how it goes on, and as many as a server reads at once. */
const BATCH = 4;

/**
 * Has a model read some of the documents that all rules let through, as they were last decided, and that it has not read.
 *
 * @returns how many it has read; none are left where that is 0
 */
export async function readByModel(
  funnel: Funnel,
  model: TextModel,
  store: ResultStore,
  signal: AbortSignal,
): Promise<number> {
  const indexes = await funnel.unread({ count: BATCH });
  const texts = await funnel.texts({ indexes });
  const read = async (index: number, i: number) => {
    const value = await bitsPerByte(texts[i] as string, model, store, signal);
    signal.throwIfAborted();
    await funnel.setModelNumbers([{ index, value }]);
  };
  if (model.parallel) await Promise.all(indexes.map(read));
  else for (const [i, index] of indexes.entries()) await read(index, i);
  return indexes.length;
}
