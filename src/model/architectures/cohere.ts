import type { Checkpoint } from '../checkpoint/checkpoint';
import type { LayerKind } from '../config';
import type { Value } from '../onnx/graph';
import type { WeightSpec } from '../weights';
import type { Architecture, AttentionInputs, LayerContext } from './architecture';
import { addAttention } from './attention-parts';
import { addGatedFeedForward, gatedNeurons } from './feed-forward';
import {
  addHeadLayerNorms,
  headLayerNormedInputs,
  type LayerNormConfig,
  layerNormed,
  layerNormWeights,
  readLayerNorm,
} from './layer-norm-parts';
import { lastOf, layerWindows } from './layer-windows';
import { LLAMA_NAMES } from './llama-names';
import { readRope, rotaryOrder } from './rope';
import { Settings } from './settings';
import { baseShape, headShape, kindsOf } from './shape';
import { type TensorNames, WeightList } from './weight-list';

/**
 * Command R and Aya of Cohere: both parts of a layer read one norm n of the stream x, neighbours rotate, and the logits
 * are scaled. Reference: `CohereForCausalLM` of Hugging Face transformers.
 *
 *     x = x + output(attention(n)) + down(silu(gate(n)) * up(n))
 */
export const cohere: Architecture<CohereConfig> = {
  names: { gguf: ['command-r'], huggingFace: ['cohere'] },
  config: (checkpoint) =>
    config(checkpoint, (settings, heads, count) => {
      const rope = readRope(settings, { headDim: heads.headDim, theta: 500_000 });
      return Array(count).fill({ ...heads, rope });
    }),
  weights,
  attentionInputs,
  feedForward: { input: (c, x) => layerNormed(c, 'attention.norm', x), neurons: gatedNeurons },
  finalNorm: 'layer',
  logitScale: (config) => config.logitScale,
};

/**
 * Command R7B and Command A (Cohere 2025, arXiv 2504.00698): of four layers three see a window of keys, and the fourth sees
 * all of them and rotates nothing. Reference: `Cohere2ForCausalLM`.
 */
export const cohere2: Architecture<CohereConfig> = {
  ...cohere,
  names: { gguf: ['cohere2'], huggingFace: ['cohere2'] },
  config: (checkpoint) =>
    config(checkpoint, (settings, heads, count) => {
      refuseOtherCohere2(settings);
      const rope = readRope(settings, { headDim: heads.headDim });
      const windows = layerWindows(settings, count, settings.count('slidingWindow', 4096), lastOf(4));
      return windows.map((slidingWindow) => (slidingWindow ? { ...heads, slidingWindow, rope } : heads));
    }),
};

interface CohereConfig extends LayerNormConfig {
  intermediateSize: number;
  logitScale: number;
}

const NAMES = {
  ...LLAMA_NAMES,
  'layer.query.norm': ['blk.#.attn_q_norm', 'model.layers.#.self_attn.q_norm'],
  'layer.key.norm': ['blk.#.attn_k_norm', 'model.layers.#.self_attn.k_norm'],
} as const satisfies TensorNames;

function attentionInputs(c: LayerContext<CohereConfig>, x: Value): AttentionInputs {
  return headLayerNormedInputs(c, layerNormed(c, 'attention.norm', x));
}

function config(
  checkpoint: Checkpoint,
  kindsFor: (settings: Settings, heads: ReturnType<typeof headShape>, numHiddenLayers: number) => LayerKind[],
): CohereConfig {
  const settings = new Settings(checkpoint);
  const shape = baseShape(settings, NAMES, { tied: true });
  const heads = headShape(settings);
  settings.expect('ropeDim', heads.headDim);
  settings.expect('hiddenAct', 'silu');
  const read = {
    ...shape,
    ...kindsOf(kindsFor(settings, heads, shape.numHiddenLayers)),
    ...readLayerNorm(settings),
    intermediateSize: settings.count('intermediateSize'),
    logitScale: settings.positive('logitScale', 0.0625),
  };
  // Norms of heads, and biases, are there, or not, as tensors.
  for (const setting of ['useQkNorm', 'attentionBias'] as const) settings.flag(setting, false);
  settings.refuseUnread();
  return read;
}

/** What folders of Cohere 2 say beside, which its class does not ask: it computes this whatever they say. */
function refuseOtherCohere2(settings: Settings): void {
  settings.expect('partialRotaryFactor', 1);
  settings.expect('positionEmbeddingType', 'rope_gptj');
  settings.expect('interleavedLayers', 'local_attn_first');
  for (const setting of ['useEmbeddingSharing', 'useGatedActivation', 'useParallelBlock'] as const)
    settings.expect(setting, true);
  // The period of the pattern once more.
  settings.expect('layerSwitch', settings.value('slidingWindowPattern') ?? 4);
}

function weights(checkpoint: Checkpoint, config: CohereConfig): WeightSpec[] {
  const { hiddenSize, intermediateSize } = config;
  const list = new WeightList(checkpoint, NAMES);
  return layerNormWeights(list, config, (layer, kind) => {
    const order = rotaryOrder(kind.headDim, kind.headDim, 'neighbours');
    list.linear(layer, 'attention.norm', [hiddenSize]);
    addAttention(list, layer, config, kind, order);
    addHeadLayerNorms(list, layer, config, kind, order);
    addGatedFeedForward(list, layer, hiddenSize, intermediateSize);
  });
}
