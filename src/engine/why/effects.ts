import type { CompiledModel } from '../../model/compile';
import { UNEMBEDDING } from '../../model/graphs/ports';
import type { Session } from '../sessions';
import { float32, floats, int64 } from '../tensors';
import { epsilonOf, meanSquare } from './direction';

/** So small a row beside what a final norm adds to its square, that no soft cap bends its logits. */
const SMALL = 0.1;

/** Logits that are computed in one run, in numbers: a layer can have tens of thousands of neurons, and a vocabulary more tokens. */
const LOGITS_AT_ONCE = 2 ** 24;

/** Tokens whose logits something raises most, and those that it lowers most, the first first. */
export interface Effects {
  promotes: Uint32Array;
  suppresses: Uint32Array;
}

/**
 * What is done to the vocabulary by each of some rows that are added to the stream that leaves the last layer.
 *
 * A final norm divides all of a row by one number, which changes no order: each row goes through the norm by itself, and
 * what a row of zeros gives, the norm's bias, is taken away.
 *
 * @param rows [C] each @param count of tokens at either end
 */
export async function effectsOf(
  unembedding: Session,
  model: CompiledModel,
  rows: readonly Float64Array[],
  count: number,
): Promise<Effects[]> {
  const size = Math.max(1, Math.floor(LOGITS_AT_ONCE / model.config.vocabSize));
  const effects: Effects[] = [];
  for (let from = 0; from < rows.length; from += size) {
    effects.push(...(await effectsAtOnce(unembedding, model, rows.slice(from, from + size), count)));
  }
  return effects;
}

async function effectsAtOnce(
  unembedding: Session,
  { config, architecture }: CompiledModel,
  rows: readonly Float64Array[],
  count: number,
): Promise<Effects[]> {
  const { hiddenSize, vocabSize } = config;
  const size = SMALL * Math.sqrt(epsilonOf(architecture.finalNorm, config));
  const all = new Float32Array((rows.length + 1) * hiddenSize);
  for (const [i, row] of rows.entries()) {
    const factor = size / (Math.sqrt(meanSquare(row)) || 1);
    all.set(
      row.map((value) => value * factor),
      i * hiddenSize,
    );
  }
  const results = await unembedding.run(
    {
      [UNEMBEDDING.residual]: float32(all, rows.length + 1, hiddenSize),
      [UNEMBEDDING.target]: int64(new Uint32Array(rows.length + 1), rows.length + 1),
    },
    [UNEMBEDDING.logits],
  );
  const logits = floats(results[UNEMBEDDING.logits]);
  const ofBias = logits.subarray(rows.length * vocabSize);
  return rows.map((_, i) => {
    const changes = logits.slice(i * vocabSize, (i + 1) * vocabSize);
    for (let id = 0; id < vocabSize; id++) changes[id] = (changes[id] as number) - (ofBias[id] as number);
    return { promotes: largest(changes, count), suppresses: largest(changes.map(negative), count) };
  });
}

const negative = (value: number): number => -value;

/** Where the largest of some values stand, the largest first. */
function largest(values: Float32Array, count: number): Uint32Array {
  const best: number[] = [];
  const least = () => values[best.at(-1) as number] as number;
  for (let id = 0; id < values.length; id++) {
    const value = values[id] as number;
    if (best.length === count && value <= least()) continue;
    const at = best.findIndex((other) => (values[other] as number) < value);
    best.splice(at === -1 ? best.length : at, 0, id);
    best.length = Math.min(best.length, count);
  }
  return Uint32Array.from(best);
}
