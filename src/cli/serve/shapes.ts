import type { ModelInfo } from '../../shared/engine-api';
import type { RequestName, Requests } from '../../shared/requests';
import type { SizesOf } from './answer-json';

type Model = Pick<ModelInfo, 'numAttentionHeads' | 'hiddenSize'>;
type Shapes = { [M in RequestName]?: (request: Requests[M], model: Model) => SizesOf };

/** How the arrays of each answer are shaped, as `engine-api.ts` and `why-api.ts` say; what is not here are lists. */
const shapes: Shapes = {
  predictions:
    () =>
    ({ topK }) => ({ topIdsAfter: [topK as number], topLogprobsAfter: [topK as number] }),
  experts:
    () =>
    ({ perToken }) => ({ experts: [perToken as number], weights: [perToken as number] }),
  thumbnails:
    (_, model) =>
    ({ size }) => {
      const inner = [model.numAttentionHeads, size as number, size as number];
      return { maximum: inner, mean: inner };
    },
  attention:
    () =>
    ({ columns }) => ({ maximum: [columns as number], mean: [columns as number] }),
  attentionOfQuery:
    ({ query, head, mean }, model) =>
    () => ({
      '': mean ? [] : [head === undefined ? model.numAttentionHeads : 1, query + 1],
    }),
  rollout:
    ({ to }) =>
    () => ({ '': [to] }),
  additions:
    () =>
    ({ tokens }) => ({ attention: [tokens as number], mlp: [tokens as number], stream: [tokens as number] }),
  matrixImage:
    () =>
    ({ columns }) => ({ values: [columns as number] }),
  residual: (_, model) => () => ({ '': [model.hiddenSize] }),
  logitLens:
    ({ from, to }) =>
    ({ topK }) => ({
      topIds: [to - from, topK as number],
      topLogprobs: [to - from, topK as number],
      nextLogprob: [to - from],
      nextRank: [to - from],
    }),
  why: (_, model) => () => ({ heads: [model.numAttentionHeads] }),
  ablations: () => () => ({ logprobs: [2] }),
  occlusion:
    ({ targets }) =>
    () => ({ logprobs: [targets.to - targets.from] }),
  patchGrid:
    ({ columns }) =>
    () => ({ logprobs: [columns.to - columns.from, 2] }),
  directions: (_, model) => () => ({ values: [model.hiddenSize] }),
};

export function shapeOf<M extends RequestName>(method: M, request: Requests[M], model: Model): SizesOf {
  return shapes[method]?.(request, model) ?? (() => ({}));
}
