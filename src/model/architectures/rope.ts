import { VitrineError } from '../../shared/errors';
import type { ModelConfig } from '../config';
import { dequantize } from '../gguf/dequantize';
import { type GgufFile, type GgufTensor, readTensor } from '../gguf/reader';
import { tensorOf, type WeightSource } from '../weights';

const FACTORS = 'rope_freqs.weight';

/**
 * Cosine and sine of every position's angles, [context, D/2]: position · base^(-2i/D) (Su et al. 2021, arXiv 2104.09864).
 *
 * Llama 3's scaling is in the file as one divisor a frequency, `rope_freqs.weight` [D/2]; linear scaling divides the position.
 *
 * @throws VitrineError `model.tensor` where the divisors are of another number, and later, with the values, where one is
 * none.
 */
export function ropeTables(file: GgufFile, config: ModelConfig): { cosines: WeightSource; sines: WeightSource } {
  const factors = file.tensors.has(FACTORS) ? tensorOf(file, FACTORS, [config.headWidth / 2]) : undefined;
  const table = (of: (angle: number) => number) => () => {
    const frequencies = ropeFrequencies(file, config, factors);
    const values = new Float32Array(config.context * frequencies.length);
    for (let position = 0, at = 0; position < config.context; position++) {
      for (const frequency of frequencies) values[at++] = of(position * frequency);
    }
    return values;
  };
  const uses = factors ? [FACTORS] : [];
  return { cosines: { values: table(Math.cos), uses }, sines: { values: table(Math.sin), uses } };
}

/** Radians a position, for each of the D/2 pairs. */
function ropeFrequencies(file: GgufFile, { headWidth, rope }: ModelConfig, factors: GgufTensor | undefined): number[] {
  const divisors = new Float32Array(headWidth / 2).fill(1);
  if (factors) dequantize(factors.type, readTensor(file, factors), divisors);
  const bad = divisors.find((divisor) => !(divisor > 0 && divisor < Infinity));
  if (bad !== undefined)
    throw new VitrineError(
      'model.tensor',
      `${file.path}: the tensor ${FACTORS} holds ${bad}, which divides no frequency.`,
    );
  return Array.from(divisors, (divisor, i) => rope.base ** ((-2 * i) / headWidth) / divisor / rope.scale);
}
