import type { Checkpoint, CheckpointMetadata } from '../checkpoint/checkpoint';
import type { LayerKind } from '../config';
import type { Value } from '../onnx/graph';
import { multiply } from '../onnx/operations';
import type { WeightSpec } from '../weights';
import type { Architecture, GraphContext } from './architecture';
import { rotatedInputs } from './attention-parts';
import { addFusedGate, addGatedFeedForward } from './feed-forward';
import { LLAMA_NAMES } from './llama-names';
import { modelWeights } from './model-weights';
import { addPreNormLayer, gatedFeedForward, normed, type RmsNormConfig, readRmsNorm } from './rms-norm';
import { readRope, rotaryOrder } from './rope';
import { Settings } from './settings';
import { baseShape, headShape, oneKind, refusePartialRotation } from './shape';
import { type TensorNames, WeightList } from './weight-list';

/** What `config.json` calls Granite 4. */
const HYBRID = 'granitemoehybrid';

/**
 * Granite 3 (IBM Granite team 2024, "Granite 3.0 Language Models"): Llama with four factors, those of muP (Yang et al.
 * 2022, arXiv 2203.03466). Reference: `GraniteForCausalLM` of Hugging Face transformers.
 *
 *     x = embeddingMultiplier * embedding
 *     x = x + residualMultiplier * output(attention(norm(x)))
 *     x = x + residualMultiplier * down(silu(gate(norm(x))) * up(norm(x)))
 *     logits = unembedding(norm(x)) / logitsScaling
 *
 * The fourth is what products of queries and keys are multiplied by. The small models of Granite 4 without experts and
 * without Mamba's layers go by the name of those that have them (`GraniteMoeHybridForCausalLM`), and may rotate nothing.
 */
export const granite: Architecture<GraniteConfig> = {
  names: { gguf: ['granite'], huggingFace: ['granite', HYBRID] },
  accepts: ({ metadata }) => metadata.architecture !== HYBRID || isDense(metadata),
  config,
  weights,
  embed: (c, embeddings) => times(c, embeddings, c.config.embeddingMultiplier),
  attentionInputs: (c, x) => rotatedInputs(c, normed(c, 'attention.norm', x)),
  feedForward: gatedFeedForward(),
  afterPart: (c, _part, value) => times(c, value, c.config.residualMultiplier),
  finalNorm: 'rms',
  logitScale: (config) => 1 / config.logitsScaling,
};

const NAMES = {
  ...LLAMA_NAMES,
  'layer.gateAndUp': ['blk.#.ffn_gate_up', 'model.layers.#.shared_mlp.input_linear'],
} as const satisfies TensorNames;

const HYBRID_NAMES = {
  ...NAMES,
  'layer.down': [NAMES['layer.down'][0], 'model.layers.#.shared_mlp.output_linear'],
} as const satisfies TensorNames;

interface GraniteConfig extends RmsNormConfig {
  embeddingMultiplier: number;
  residualMultiplier: number;
  logitsScaling: number;
}

function times({ g }: GraphContext, x: Value, factor: number): Value {
  return multiply(g, x, g.constant('float32', [factor]));
}

/** What `config.json` may leave out, as `GraniteConfig` has it. */
const DEFAULTS = { rmsNormEps: 1e-6, attentionMultiplier: 1 };

function config(checkpoint: Checkpoint): GraniteConfig {
  const settings = new Settings(checkpoint, DEFAULTS);
  const shape = baseShape(settings, NAMES);
  const heads = headShape(settings);
  refusePartialRotation(settings, heads.headDim);
  settings.expect('hiddenAct', 'silu');
  const rope = readRope(settings, { headDim: heads.headDim });
  const read = {
    ...shape,
    ...oneKind(shape.numHiddenLayers, {
      ...heads,
      scaling: settings.positive('attentionMultiplier', heads.scaling),
      rope: rotates(settings) ? rope : undefined,
    }),
    ...readRmsNorm(settings),
    intermediateSize: settings.count('sharedIntermediateSize', settings.count('intermediateSize')),
    embeddingMultiplier: settings.positive('embeddingMultiplier', 1),
    residualMultiplier: settings.positive('residualMultiplier', 1),
    logitsScaling: settings.positive('logitsScaling', 1),
  };
  // The biases are there, or not, as tensors.
  for (const setting of ['attentionBias', 'mlpBias'] as const) settings.flag(setting, false);
  settings.expect('normalizationFunction', 'rmsnorm');
  // Files of Granite 4 tell of Mamba's layers also where there are none.
  settings.value('layerTypes');
  settings.skip(/^(mamba_|time_step_|ssm\.)/);
  settings.refuseUnread();
  return read;
}

/** Whether every layer of a Granite 4 has attention, and none has experts. */
function isDense(metadata: CheckpointMetadata): boolean {
  const types = metadata.get('layer_types');
  const areAttention = Array.isArray(types) && types.every((type) => /^(full_)?attention$/.test(String(type)));
  return areAttention && metadata.get('num_local_experts') === 0;
}

/** GGUF files say by a key that is about something else elsewhere, as llama.cpp reads it, that nothing rotates. */
function rotates(settings: Settings): boolean {
  if (settings.checkpoint.format === 'gguf') return settings.flag('ropeScalingFinetuned', true);
  settings.expect('positionEmbeddingType', 'rope', 'nope');
  const { architecture } = settings.checkpoint.metadata;
  return architecture !== HYBRID || settings.text('positionEmbeddingType') === 'rope';
}

function weights(checkpoint: Checkpoint, config: GraniteConfig): WeightSpec[] {
  const list = new WeightList(checkpoint, checkpoint.metadata.architecture === HYBRID ? HYBRID_NAMES : NAMES);
  const [{ headDim }] = config.layerKinds as [LayerKind];
  // As in Llama's files, neighbours rotate together.
  const order = rotaryOrder(headDim, headDim, list.isGguf ? 'neighbours' : 'halves');
  const addFeedForward = list.has('layer.gateAndUp') ? addFusedGate : addGatedFeedForward;
  return modelWeights(list, config, (layer, kind) =>
    addPreNormLayer(list, layer, config, kind, { order, addFeedForward }),
  );
}
