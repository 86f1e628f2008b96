import { sentence } from '../../shared/errors';
import type { LayerState, ModelConfig } from '../config';
import type { Value } from '../onnx/graph';
import {
  add,
  causalConvolution,
  concat,
  dimension,
  gatedDeltaRule,
  multiply,
  reshape,
  rmsNorm,
  sigmoid,
  silu,
  softplus,
  splitInto,
} from '../onnx/operations';
import type { LayerContext, LayerStates } from './architecture';
import { project } from './attention-parts';
import type { RmsNormConfig } from './rms-norm';
import type { Settings } from './settings';
import type { TensorNames, WeightList } from './weight-list';

/*
 * Gated delta nets (Yang et al. 2024, arXiv 2412.06464), layers that have no attention: each head of values carries a
 * matrix from token to token, and a short convolution goes over queries, keys and values before. Reference:
 * `Qwen3_5GatedDeltaNet` of Hugging Face transformers. N: rows, B: sequences, R: tokens of each.
 */

export interface DeltaNetConfig extends ModelConfig {
  states: readonly LayerState[];
  deltaNet: {
    keyHeads: number;
    valueHeads: number;
    keyDim: number;
    valueDim: number;
    kernel: number;
    /** Whether head i of values goes with head i mod keyHeads of keys, and not with head i · keyHeads / valueHeads. */
    isTiled: boolean;
  };
}

export const DELTA_NET_NAMES = {
  'layer.delta.inputs': ['blk.#.attn_qkv', 'model.layers.#.linear_attn.in_proj_qkv'],
  'layer.delta.gate': ['blk.#.attn_gate', 'model.layers.#.linear_attn.in_proj_z'],
  'layer.delta.decay': ['blk.#.ssm_alpha', 'model.layers.#.linear_attn.in_proj_a'],
  'layer.delta.rate': ['blk.#.ssm_beta', 'model.layers.#.linear_attn.in_proj_b'],
  'layer.delta.filters': ['blk.#.ssm_conv1d', 'model.layers.#.linear_attn.conv1d'],
  'layer.delta.speed': ['blk.#.ssm_a', 'model.layers.#.linear_attn.A_log'],
  'layer.delta.step': ['blk.#.ssm_dt', 'model.layers.#.linear_attn.dt'],
  'layer.delta.norm': ['blk.#.ssm_norm', 'model.layers.#.linear_attn.norm'],
  'layer.delta.output': ['blk.#.ssm_out', 'model.layers.#.linear_attn.out_proj'],
} as const satisfies TensorNames;

const RECURRENT = 'recurrent';
const CONVOLUTION = 'convolution';

/** Added to a sum of squares before its root is taken. */
const L2_EPSILON = 1e-6;

export function readDeltaNet(settings: Settings): Pick<DeltaNetConfig, 'deltaNet' | 'states'> {
  const isGguf = settings.checkpoint.format === 'gguf';
  const keyHeads = settings.count('linearNumKeyHeads');
  const valueHeads = settings.count('linearNumValueHeads');
  if (valueHeads % keyHeads !== 0)
    settings.refuse(
      sentence`${settings.nameOf('linearNumValueHeads')} is ${String(valueHeads)}, which ${keyHeads} heads of keys cannot serve evenly`,
    );
  const keyDim = settings.count('linearKeyHeadDim');
  const valueDim = isGguf ? settings.count('linearInnerSize') / valueHeads : settings.count('linearValueHeadDim');
  if (!Number.isInteger(valueDim))
    settings.refuse(
      sentence`${settings.nameOf('linearInnerSize')} is ${String(valueDim * valueHeads)}, which is no multiple of ${valueHeads} heads`,
    );
  const kernel = settings.count('linearConvKernelDim');
  return {
    // The converter puts heads that share keys apart.
    deltaNet: { keyHeads, valueHeads, keyDim, valueDim, kernel, isTiled: isGguf },
    states: [
      { name: RECURRENT, shape: [valueHeads, keyDim, valueDim] },
      { name: CONVOLUTION, shape: [kernel - 1, 2 * keyHeads * keyDim + valueHeads * valueDim] },
    ],
  };
}

/** What the heads of values give, through a gate: [N, C] → [N, valueHeads·valueDim]. @param x the normed residual stream */
export function mixByDeltaRule(c: LayerContext<RmsNormConfig & DeltaNetConfig>, x: Value, states: LayerStates): Value {
  const { g, weight, config } = c;
  const { keyHeads, valueHeads, keyDim, valueDim, kernel, isTiled } = config.deltaNet;
  const past = states.past(RECURRENT);
  const sequences = dimension(g, past, 0);
  const bySequence = (value: Value, width: number) =>
    reshape(g, value, concat(g, [sequences, g.constant('int64', [-1, width])], 0));

  const widths = [keyHeads * keyDim, keyHeads * keyDim, valueHeads * valueDim];
  const inputs = bySequence(
    project(c, 'delta.inputs', x),
    widths.reduce((sum, width) => sum + width),
  );
  const [convolved, last] = g.within('scores', () =>
    causalConvolution(g, inputs, weight('delta.filters'), states.past(CONVOLUTION), kernel),
  );
  states.next(CONVOLUTION, last);
  const parts = splitInto(g, silu(g, convolved), 2, g.constant('int64', widths), 3) as [Value, Value, Value];
  const heads = isTiled ? valueHeads : keyHeads;
  const directions = (part: Value) => {
    const one = headDirections(c, part);
    return heads === keyHeads ? one : concat(g, Array(valueHeads / keyHeads).fill(one), 2);
  };
  const step = add(g, project(c, 'delta.decay', x), weight('delta.step.bias'));
  const rule = {
    queries: directions(parts[0]),
    keys: directions(parts[1]),
    values: parts[2],
    past,
    decay: bySequence(multiply(g, softplus(g, step), weight('delta.speed')), valueHeads),
    rate: bySequence(sigmoid(g, project(c, 'delta.rate', x)), valueHeads),
  };
  const [outputs, next] = g.within('scores', () => gatedDeltaRule(g, rule, { heads, valueHeads }));
  states.next(RECURRENT, next);

  const byHead = reshape(g, outputs, [-1, valueHeads, valueDim]);
  const normed = reshape(g, rmsNorm(g, byHead, weight('delta.norm'), config.rmsNormEps), [-1, valueHeads * valueDim]);
  return multiply(g, normed, silu(g, project(c, 'delta.gate', x)));
}

/** Every head of [B, R, n·D] at length 1. */
function headDirections({ g, config }: LayerContext<DeltaNetConfig>, heads: Value): Value {
  const { keyHeads, keyDim } = config.deltaNet;
  // x / √(Σx² + ε) by the mean of the squares.
  const gains = g.constant('float32', Array(keyDim).fill(1 / Math.sqrt(keyDim)));
  const byHead = reshape(g, heads, [0, 0, keyHeads, keyDim]);
  return reshape(g, rmsNorm(g, byHead, gains, L2_EPSILON / keyDim), [0, 0, keyHeads * keyDim]);
}

export function addDeltaNet(list: WeightList, layer: number, { hiddenSize, deltaNet }: DeltaNetConfig): void {
  const { keyHeads, valueHeads, keyDim, valueDim, kernel } = deltaNet;
  const width = valueHeads * valueDim;
  const channels = 2 * keyHeads * keyDim + width;
  list.linear(layer, 'delta.inputs', [channels, hiddenSize]);
  list.linear(layer, 'delta.gate', [width, hiddenSize]);
  list.linear(layer, 'delta.decay', [valueHeads, hiddenSize]);
  list.linear(layer, 'delta.rate', [valueHeads, hiddenSize]);
  const filters = list.isGguf ? { shape: [channels, kernel] } : {};
  list.ofLayer(layer, 'delta.filters', [channels, 1, kernel], filters);
  list.ofLayer(layer, 'delta.speed', [valueHeads], list.isGguf ? {} : { negativeExponential: true });
  list.ofLayer(layer, 'delta.step.bias', [valueHeads]);
  list.ofLayer(layer, 'delta.norm', [valueDim]);
  list.linear(layer, 'output', [hiddenSize, width], {}, 'delta.output');
}
