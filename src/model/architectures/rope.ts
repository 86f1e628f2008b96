import type { ModelConfig } from '../config';
import { dequantize } from '../gguf/dequantize';
import { type GgufFile, readTensor } from '../gguf/reader';
import type { WeightSource } from '../weights';

const FACTORS = 'rope_freqs.weight';

/**
 * Cosine and sine of every position's angles, [context, D/2]: position · base^(-2i/D) (Su et al. 2021, arXiv 2104.09864).
 *
 * Llama 3's scaling is in the file as one divisor a frequency, `rope_freqs.weight` [D/2]; linear scaling divides the position.
 */
export function ropeTables(file: GgufFile, config: ModelConfig): { cosines: WeightSource; sines: WeightSource } {
  const frequencies = ropeFrequencies(file, config);
  const table = (of: (angle: number) => number) => () => {
    const values = new Float32Array(config.context * frequencies.length);
    for (let position = 0, at = 0; position < config.context; position++) {
      for (const frequency of frequencies) values[at++] = of(position * frequency);
    }
    return values;
  };
  const uses = file.tensors.has(FACTORS) ? [FACTORS] : [];
  return { cosines: { values: table(Math.cos), uses }, sines: { values: table(Math.sin), uses } };
}

/** Radians a position, for each of the D/2 pairs. */
function ropeFrequencies(file: GgufFile, { headWidth, rope }: ModelConfig): number[] {
  const factors = new Float32Array(headWidth / 2).fill(1);
  const tensor = file.tensors.get(FACTORS);
  if (tensor) dequantize(tensor.type, readTensor(file, tensor), factors);
  return Array.from(factors, (factor, i) => rope.base ** ((-2 * i) / headWidth) / factor / rope.scale);
}
