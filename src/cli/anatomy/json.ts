import type { ForwardFlops } from '../../anatomy/flops';
import { approximateTrainingFlops } from '../../anatomy/scaling-laws';
import { provenanceOf } from '../../recording/provenance';
import type { AnatomyTensor } from '../../shared/anatomy-api';
import type { BestTraining, Costs } from './costs';

/** What `--json` prints, as docs/json.md documents it. */
export function costsJson({ model, anatomy, tokens, flops, memory, chinchilla, glitch, ...rest }: Costs): object {
  const { parameters, tensors, layers, hiddenSize, vocabSize, contextLength, tieWordEmbeddings } = anatomy;
  const optimum = (best: BestTraining) => ({ ...best, tokensPerParameter: best.tokens / parameters });
  return {
    model: model.name,
    provenance: provenanceOf(model, []),
    parameters,
    hiddenSize,
    vocabSize,
    contextLength,
    tieWordEmbeddings,
    tensors: tensors.map(tensorJson),
    layers: layers.map(({ attention = null, stateSize, experts = null }) => ({ attention, stateSize, experts })),
    tokens,
    flops: { full: flops.full.total, causal: flops.causal.total, parts: partsJson(flops.causal) },
    kvBytesPerToken: rest.kvBytesPerToken,
    memory: { ...memory, total: memory.weights + memory.cache + memory.trace },
    training: {
      flopsPerToken: { sixN: approximateTrainingFlops(parameters, 1), exact: (3 * flops.causal.total) / tokens },
    },
    chinchilla: { printed: optimum(chinchilla.printed), refit: optimum(chinchilla.refit) },
    glitch: glitch ?? null,
  };
}

function tensorJson({ name, shape, type, bytes, part, layer, roles, elements }: AnatomyTensor): object {
  return { name, shape, type, bytes, part, layer: layer ?? null, roles, parameters: elements };
}

const partsJson = ({ attention, scores, mlp, unembedding }: ForwardFlops) => ({ attention, scores, mlp, unembedding });
