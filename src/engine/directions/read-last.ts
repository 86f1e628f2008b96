import type { Work } from '../../shared/progress';
import { tokenizeForModel } from '../../tokenizer/model-text';
import { noInterventions } from '../interventions/interventions';
import type { LoadedModel } from '../loaded-model';
import { residualOf } from '../trace';
import type { LastStreams } from './directions';

/** Reads texts, one after another, of which no trace is kept: the streams that leave each layer at the last token of each. */
export async function readLast(
  { tokenizer, compiled, prefill }: LoadedModel,
  texts: readonly string[],
  { signal, progress }: Work,
): Promise<LastStreams> {
  const { config } = compiled;
  const asked = { special: true, truncate: false, truncateStep: 1 };
  const read = texts.map((text) => tokenizeForModel(tokenizer, config, text, asked).ids);
  const total = read.reduce((sum, ids) => sum + ids.length, 0);
  const streams: Float64Array[][] = config.kindOfLayer.map(() => []);
  let before = 0;
  for (const ids of read) {
    const task = { signal, progress: (done: number) => progress(before + done, total) };
    const { trace } = await prefill.run(ids, noInterventions(config), task);
    for (const [layer, of] of streams.entries()) {
      of.push(Float64Array.from(residualOf(trace, layer + 1, ids.length - 1, ids.length)));
    }
    before += ids.length;
  }
  return streams;
}
