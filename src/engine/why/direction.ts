import type { Architecture } from '../../model/architectures/architecture';
import type { LayerNormConfig } from '../../model/architectures/layer-norm-parts';
import type { RmsNormConfig } from '../../model/architectures/rms-norm';
import type { CompiledModel } from '../../model/compile';
import type { ModelConfig } from '../../model/config';
import { layerWeight } from '../../model/weights';
import { rowsUnder } from '../adapter-gain';
import type { Interventions } from '../interventions/interventions';
import { weightRows } from '../weight-rows';

/** Two tokens. */
export interface Pair {
  token: number;
  against: number;
}

/** What of the stream that leaves the last layer is the difference of two tokens' logits: a sum of products, and a bias. */
export interface Direction {
  /** [C] */
  values: Float64Array;
  bias: number;
  /** What a soft cap makes of the difference. */
  softCap: number;
}

/**
 * The direction in which the logit of one token grows against the other's, through the final norm as it is for a stream:
 * g ⊙ (U_token - U_against) / σ, and of a LayerNorm less its mean. In float64: sums of many terms are held to what the
 * model computed.
 *
 * @param stream what leaves the last layer at one position, [C]
 * @param gain what the run of it was under
 */
export function directionOf(
  model: CompiledModel,
  stream: Float32Array,
  { token, against }: Pair,
  gain: Interventions,
): Direction {
  const { config, architecture } = model;
  const { gains, bias, isCentred } = finalNormOf(model);
  const scale = (architecture.logitScale?.(config) ?? 1) / sizeOf(architecture, config, stream);
  const name = config.tieWordEmbeddings ? 'embedding' : 'unembedding';
  const rows = rowsUnder(model, name, [token, against], gain);
  const width = stream.length;
  const [ofToken, ofAgainst] = [rows.subarray(0, width), rows.subarray(width)].map((row) => {
    const direction = Float64Array.from(row, (value, i) => value * (gains[i] as number) * scale);
    return { direction: isCentred ? centred(direction) : direction, bias: dot(row, bias) * logitScale(model) };
  }) as [Term, Term];
  const logit = (of: Term) => dot(stream, of.direction) + of.bias;
  const cap = architecture.logitSoftcap?.(config);
  const cappedBy = (raw: number) => (cap === undefined ? 0 : cap * Math.tanh(raw / cap) - raw);
  return {
    values: ofToken.direction.map((value, i) => value - (ofAgainst.direction[i] as number)),
    bias: ofToken.bias - ofAgainst.bias,
    softCap: cappedBy(logit(ofToken)) - cappedBy(logit(ofAgainst)),
  };
}

interface Term {
  direction: Float64Array;
  bias: number;
}

const logitScale = ({ architecture, config }: CompiledModel): number => architecture.logitScale?.(config) ?? 1;

function finalNormOf(model: CompiledModel) {
  const gains = weightRows(model, 'norm');
  const bias = model.weights.has('norm.bias') ? weightRows(model, 'norm.bias') : new Float32Array(gains.length);
  return { gains, bias, isCentred: model.architecture.finalNorm === 'layer' };
}

/** What the final norm divides a stream by. */
function sizeOf({ finalNorm }: Architecture, config: ModelConfig, stream: Float32Array): number {
  return Math.sqrt(meanSquare(finalNorm === 'layer' ? centred(stream) : stream) + epsilonOf(finalNorm, config));
}

/** What the final norm adds to a mean square. */
export function epsilonOf(finalNorm: Architecture['finalNorm'], config: ModelConfig): number {
  return finalNorm === 'layer' ? (config as LayerNormConfig).layerNormEps : (config as RmsNormConfig).rmsNormEps;
}

export function meanSquare(values: ArrayLike<number>): number {
  return dot(values, values) / values.length;
}

function centred(values: ArrayLike<number>): Float64Array {
  const mean = sum(values) / values.length;
  return Float64Array.from(values, (value) => value - mean);
}

/**
 * The direction in the stream that enters each layer, to which its parts add: what leaves a layer may be multiplied before
 * the next one. Last that of the stream that leaves the last layer.
 *
 * @returns [layer][C]
 */
export function directionsOfLayers(model: CompiledModel, last: Float64Array): Float64Array[] {
  const directions = [last];
  let direction = last;
  for (let layer = model.config.numHiddenLayers - 1; layer >= 0; layer--) {
    const scale = layerScaleOf(model, layer);
    direction = scale === 1 ? direction : direction.map((value) => value * scale);
    directions.unshift(direction);
  }
  return directions;
}

/** What the stream that leaves a layer is multiplied by. */
export function layerScaleOf(model: CompiledModel, layer: number): number {
  const name = layerWeight(layer, model.architecture.layerScale ?? '');
  return model.weights.has(name) ? (weightRows(model, name)[0] as number) : 1;
}

export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < a.length; i++) total += (a[i] as number) * (b[i] as number);
  return total;
}

export function sum(values: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i] as number;
  return total;
}
