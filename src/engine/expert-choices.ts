import type { Tensor } from 'onnxruntime-node';
import { kindOf, type ModelConfig } from '../model/config';
import { DECODER } from '../model/graphs/ports';
import { counts, floats } from './tensors';

/** Which experts of a layer saw each of T tokens, the strongest first, and with what weight: [T, K] each. */
export interface ExpertChoices {
  layer: number;
  perToken: number;
  experts: Uint32Array;
  weights: Float32Array;
}

/** What the decoder gives of the layers that have experts: the outputs that a run asks for. */
export function expertOutputs(config: ModelConfig): string[] {
  return layersWithExperts(config).flatMap(({ layer }) => [DECODER.experts(layer), DECODER.expertWeights(layer)]);
}

/** Of the first `length` positions of a run. */
export function expertChoices(config: ModelConfig, results: Record<string, Tensor>, length: number): ExpertChoices[] {
  return layersWithExperts(config).map(({ layer, perToken }) => ({
    layer,
    perToken,
    experts: counts(results[DECODER.experts(layer)]).slice(0, length * perToken),
    weights: floats(results[DECODER.expertWeights(layer)]).slice(0, length * perToken),
  }));
}

/** The choices of the tokens [from, to) of those that are there. */
export function choicesOf(choices: ExpertChoices, from: number, to: number): ExpertChoices {
  const { perToken, experts, weights } = choices;
  return {
    ...choices,
    experts: experts.slice(from * perToken, to * perToken),
    weights: weights.slice(from * perToken, to * perToken),
  };
}

function layersWithExperts(config: ModelConfig): { layer: number; perToken: number }[] {
  return config.kindOfLayer.flatMap((_, layer) => {
    const { experts } = kindOf(config, layer);
    return experts ? [{ layer, perToken: experts.numExpertsPerTok }] : [];
  });
}
