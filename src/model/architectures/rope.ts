import { sentence, VitrineError } from '../../shared/errors';
import type { RopeTable } from '../config';
import { tensorOf } from '../weights';
import { type RopeDefaults, ropeParameters } from './rope-parameters';
import { scaledFrequencies } from './rope-scaling';
import type { Settings } from './settings';

const DIVISORS = 'rope_freqs.weight';
const LONG = 'rope_factors_long.weight';
const SHORT = 'rope_factors_short.weight';

/** Radians a position for each pair of a head, as the checkpoint has them. @throws VitrineError `model.unsupported`, `model.tensor` */
export function readRope(settings: Settings, { headDim, rotaryDim = headDim, ...defaults }: RopeDefaults): RopeTable {
  const scaling = ropeParameters(settings, rotaryDim, defaults);
  const pairs = rotaryDim / 2;
  const plain = Array.from({ length: pairs }, (_, i) => scaling.theta ** (-i / pairs));
  // Pairs that do not rotate stand beside those that do, each half of a head wide.
  const filled = (frequencies: readonly number[]) => [...frequencies, ...Array(headDim / 2 - pairs).fill(0)];
  const divided = (name: string) => {
    const divisors = tensorDivisors(settings, name, pairs);
    return divisors && filled(plain.map((frequency, i) => frequency / (divisors[i] as number)));
  };
  const long = divided(LONG);
  const short = divided(SHORT);
  if ((long === undefined) !== (short === undefined))
    settings.refuse(sentence`it has one of the tensors ${LONG} and ${SHORT} without the other`);
  if (long && short) {
    return {
      frequencies: short,
      attentionFactor: scaling.attentionFactor,
      long: { beyond: scaling.originalContext, frequencies: long },
    };
  }
  // Layers with a window of their own rope are plain.
  const byTensor = defaults.layerType === 'sliding_attention' ? undefined : divided(DIVISORS);
  if (byTensor) return { frequencies: byTensor, attentionFactor: scaling.attentionFactor };
  const { frequencies, longFrequencies, attentionFactor } = scaledFrequencies(settings, plain, scaling);
  return {
    frequencies: filled(frequencies),
    attentionFactor,
    ...(longFrequencies && { long: { beyond: scaling.originalContext, frequencies: filled(longFrequencies) } }),
  };
}

/**
 * Where the rows of a head go so that the pairs that rotate together stand half a head apart, as the graphs rotate them,
 * and what does not rotate fills up both halves. A head's scores do not change when queries and keys change alike.
 *
 * @param pairing which elements of the first `rotaryDim` rotate together in the checkpoint: i and i + rotaryDim / 2, or
 * 2i and 2i + 1.
 * @returns for each row of the result the row of the checkpoint; undefined where nothing moves
 */
export function rotaryOrder(
  headDim: number,
  rotaryDim: number,
  pairing: 'halves' | 'neighbours',
): number[] | undefined {
  if (pairing === 'halves' && rotaryDim === headDim) return undefined;
  const pairs = rotaryDim / 2;
  const firsts = Array.from({ length: pairs }, (_, i) => (pairing === 'halves' ? i : 2 * i));
  const seconds = firsts.map((first) => first + (pairing === 'halves' ? pairs : 1));
  const rest = Array.from({ length: headDim - rotaryDim }, (_, i) => rotaryDim + i);
  const middle = rest.length / 2;
  return [...firsts, ...rest.slice(0, middle), ...seconds, ...rest.slice(middle)];
}

function tensorDivisors({ checkpoint }: Settings, name: string, count: number): Float32Array | undefined {
  if (!checkpoint.tensors.has(name)) return undefined;
  const divisors = tensorOf(checkpoint, name, [count]).rows(0, 1);
  const bad = divisors.find((divisor) => !(divisor > 0 && Number.isFinite(divisor)));
  if (bad === undefined) return divisors;
  throw new VitrineError(
    'model.tensor',
    sentence`${checkpoint.path}: the tensor ${name} holds ${bad}, by which no frequency can be divided. The file is damaged.`,
  );
}
