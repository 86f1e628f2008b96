import { sentence, VitrineError } from '../../shared/errors';
import type { ModelConfig } from '../config';
import { type GgufFile, readTensor } from '../gguf/reader';
import { dequantize } from '../tensors/dequantize';
import { tensorOf, type WeightSource } from '../weights';

const DIVISORS = 'rope_freqs.weight';

/**
 * Cosine and sine of every position's angles, [context, D/2]: position · base^(-2i/D) (Su et al. 2021, arXiv 2104.09864).
 *
 * Llama 3's scaling is in the file as one divisor a frequency, `rope_freqs.weight` [D/2]; linear scaling divides the position.
 *
 * @throws VitrineError `model.tensor` where the divisors are none, or of another number.
 */
export function ropeTables(file: GgufFile, config: ModelConfig): { cosines: WeightSource; sines: WeightSource } {
  const divisors = ropeDivisors(file, config.headDim / 2);
  const table = (of: (angle: number) => number) => () => {
    const frequencies = ropeFrequencies(config, divisors);
    const values = new Float32Array(config.contextLength * frequencies.length);
    for (let position = 0, at = 0; position < config.contextLength; position++) {
      for (const frequency of frequencies) values[at++] = of(position * frequency);
    }
    return values;
  };
  const uses = divisors ? [DIVISORS] : [];
  return { cosines: { values: table(Math.cos), uses }, sines: { values: table(Math.sin), uses } };
}

/** Radians a position, for each of the D/2 pairs. */
function ropeFrequencies({ headDim, rope }: ModelConfig, divisors: Float32Array | undefined): number[] {
  return Array.from(
    { length: headDim / 2 },
    (_, i) => rope.theta ** ((-2 * i) / headDim) / (divisors?.[i] ?? 1) / rope.scale,
  );
}

function ropeDivisors(file: GgufFile, count: number): Float32Array | undefined {
  if (!file.tensors.has(DIVISORS)) return undefined;
  const tensor = tensorOf(file, DIVISORS, [count]);
  const divisors = new Float32Array(count);
  dequantize(tensor.type, readTensor(file, tensor), divisors);
  const bad = divisors.find((divisor) => !(divisor > 0 && Number.isFinite(divisor)));
  if (bad === undefined) return divisors;
  throw new VitrineError(
    'model.tensor',
    sentence`${file.path}: the tensor ${DIVISORS} holds ${bad}, by which no frequency can be divided. The file is damaged.`,
  );
}
