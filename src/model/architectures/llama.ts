import type { ModelConfig } from '../config';
import type { GgufFile } from '../gguf/reader';
import { decoderInputs } from '../graphs/decoder-inputs';
import { groupedAttention } from '../graphs/grouped-attention';
import { HeadStatistics } from '../graphs/head-statistics';
import { layerInputs } from '../graphs/layer-inputs';
import { DECODER, LAYER, PROJECTION, UNEMBEDDING } from '../graphs/ports';
import { projectionInputs } from '../graphs/projection';
import { sequenceAttention } from '../graphs/sequence-attention';
import { writeDistributionStatistics } from '../graphs/unembedding';
import type { Graph, Value } from '../onnx/graph';
import { add, addAxis, dropAxis, gather, linear, multiply, rmsNorm, rotary, silu } from '../onnx/operations';
import type { WeightSpec } from '../weights';
import type { Architecture, Weight } from './architecture';
import { llamaConfig } from './llama-config';
import { ropeTables } from './rope';

/**
 * Llama (Touvron et al. 2023, arXiv 2302.13971; grouped queries: arXiv 2307.09288) and what shares its forward pass:
 * SmolLM2, Mistral without a sliding window, TinyLlama. Reference: `LlamaForCausalLM` of Hugging Face transformers.
 *
 * Every layer adds two things to the residual stream x [T, C]:
 *
 *     x = x + output(attention(norm(x)))
 *     x = x + down(silu(gate(norm(x))) * up(norm(x)))
 */
export const llama: Architecture = {
  name: 'llama',
  config: llamaConfig,
  weights,
  decoder,
  layer,
  unembedding,
  projection,
  attentionWeights,
};

function decoder(g: Graph, config: ModelConfig, weight: Weight): void {
  const inputs = decoderInputs(g, config);
  const statistics = new HeadStatistics(g, config, inputs);
  let x = gather(g, weight('embedding'), inputs.ids);
  for (let layer = 0; layer < config.numHiddenLayers; layer++) {
    g.output(DECODER.residual(layer), x, 'float32', ['T', config.hiddenSize]);
    const of = (name: string) => weight(`layer.${layer}.${name}`);
    const heads = attentionHeads(g, config, weight, of, x, inputs.positions);
    x = add(g, x, linear(g, groupedAttention(g, config, inputs, statistics, layer, heads), of('output')));
    x = add(g, x, feedForward(g, config, of, x));
  }
  g.output(DECODER.residual(config.numHiddenLayers), x, 'float32', ['T', config.hiddenSize]);
  statistics.write();
}

function layer(g: Graph, config: ModelConfig, weight: Weight, of: Weight): void {
  const inputs = layerInputs(g, config);
  const heads = attentionHeads(g, config, weight, of, inputs.residual, inputs.positions);
  const chosenRows = (all: Value) => gather(g, all, inputs.rows);
  const attended = linear(g, chosenRows(sequenceAttention(g, config, inputs, heads)), of('output'));
  const x = add(g, chosenRows(inputs.residual), attended);
  g.output(LAYER.next, add(g, x, feedForward(g, config, of, x)), 'float32', ['M', config.hiddenSize]);
}

/** Queries [T, H·D], keys and values [T, KV·D] of a layer; `of` gives its own weights. */
function attentionHeads(g: Graph, config: ModelConfig, weight: Weight, of: Weight, x: Value, positions: Value) {
  const a = rmsNorm(g, x, of('attention.norm'), config.rmsNormEps);
  return {
    queries: rotate(g, config, weight, linear(g, a, of('query')), positions),
    keys: rotate(g, config, weight, linear(g, a, of('key')), positions),
    values: linear(g, a, of('value')),
  };
}

/** What a layer's feed-forward part adds to the residual stream. */
function feedForward(g: Graph, config: ModelConfig, of: Weight, x: Value): Value {
  const f = rmsNorm(g, x, of('feedforward.norm'), config.rmsNormEps);
  return linear(g, multiply(g, silu(g, linear(g, f, of('gate'))), linear(g, f, of('up'))), of('down'));
}

function unembedding(g: Graph, config: ModelConfig, weight: Weight): void {
  const x = g.input(UNEMBEDDING.residual, 'float32', ['N', config.hiddenSize]);
  const logits = linear(
    g,
    rmsNorm(g, x, weight('norm'), config.rmsNormEps),
    weight(config.tieWordEmbeddings ? 'embedding' : 'unembedding'),
  );
  writeDistributionStatistics(g, logits, config.vocabSize);
}

function projection(g: Graph, config: ModelConfig, weight: Weight): void {
  const { residual, positions, norm, weight: heads } = projectionInputs(g, config);
  const projected = linear(g, rmsNorm(g, residual, norm, config.rmsNormEps), heads);
  g.output(PROJECTION.projected, rotate(g, config, weight, projected, positions), 'float32', ['N', 'ND']);
}

function attentionWeights(layer: number) {
  const prefix = `layer.${layer}`;
  return { norm: `${prefix}.attention.norm`, query: `${prefix}.query`, key: `${prefix}.key` };
}

/** [T, heads·D], every head rotated by its position. */
function rotate(g: Graph, config: ModelConfig, weight: Weight, x: Value, positions: Value): Value {
  const table = { cosines: weight('rope.cosines'), sines: weight('rope.sines') };
  return dropAxis(g, rotary(g, addAxis(g, x, 0), positions, table, config.rope.pairing), 0);
}

/** Shapes are [out, in], as the file has them. 1/√D of the attention scores is folded into the query weights. */
function weights(file: GgufFile, config: ModelConfig): WeightSpec[] {
  const { hiddenSize, numAttentionHeads, numKeyValueHeads, headDim, intermediateSize, vocabSize, contextLength } =
    config;
  const rope = ropeTables(file, config);
  const specs: WeightSpec[] = [
    { name: 'embedding', shape: [vocabSize, hiddenSize], source: { tensor: 'token_embd.weight' } },
    { name: 'rope.cosines', shape: [contextLength, headDim / 2], source: rope.cosines },
    { name: 'rope.sines', shape: [contextLength, headDim / 2], source: rope.sines },
    { name: 'norm', shape: [hiddenSize], source: { tensor: 'output_norm.weight' } },
  ];
  for (let layer = 0; layer < config.numHiddenLayers; layer++) {
    const add = (name: string, tensor: string, shape: number[], scale = 1) =>
      specs.push({ name: `layer.${layer}.${name}`, shape, source: { tensor: `blk.${layer}.${tensor}.weight`, scale } });
    add('attention.norm', 'attn_norm', [hiddenSize]);
    add('query', 'attn_q', [numAttentionHeads * headDim, hiddenSize], 1 / Math.sqrt(headDim));
    add('key', 'attn_k', [numKeyValueHeads * headDim, hiddenSize]);
    add('value', 'attn_v', [numKeyValueHeads * headDim, hiddenSize]);
    add('output', 'attn_output', [hiddenSize, numAttentionHeads * headDim]);
    add('feedforward.norm', 'ffn_norm', [hiddenSize]);
    add('gate', 'ffn_gate', [intermediateSize, hiddenSize]);
    add('up', 'ffn_up', [intermediateSize, hiddenSize]);
    add('down', 'ffn_down', [hiddenSize, intermediateSize]);
  }
  if (!config.tieWordEmbeddings)
    specs.push({ name: 'unembedding', shape: [vocabSize, hiddenSize], source: { tensor: 'output.weight' } });
  return specs;
}
