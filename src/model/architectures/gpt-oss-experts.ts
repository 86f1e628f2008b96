import type { Checkpoint } from '../checkpoint/checkpoint';
import { layerWeight, type TensorSource } from '../weights';
import { EXPERT_NAMES } from './expert-weights';
import type { RmsNormConfig } from './rms-norm';
import type { TensorNames, WeightList } from './weight-list';

/*
 * Experts of gpt-oss. A folder has all of a layer in two arrays, [E, in, out], or [E, out, in] where they are of 4 bits, and
 * `out` of the first is gate and up in turn; a GGUF file has three, [E, out, in]. E: experts.
 */

const FOLDER = 'model.layers.#.mlp.experts';

export const GPT_OSS_EXPERT_NAMES = {
  'layer.router': ['blk.#.ffn_gate_inp', 'model.layers.#.mlp.router'],
  'layer.expert.gate': [EXPERT_NAMES['layer.expert.gate'][0], `${FOLDER}.gate_up_proj`],
  'layer.expert.up': [EXPERT_NAMES['layer.expert.up'][0], `${FOLDER}.gate_up_proj`],
  'layer.expert.down': [EXPERT_NAMES['layer.expert.down'][0], `${FOLDER}.down_proj`],
} as const satisfies TensorNames;

export function addGptOssExperts(
  { tensors }: Checkpoint,
  list: WeightList,
  layer: number,
  { hiddenSize, intermediateSize }: RmsNormConfig,
  numExperts: number,
): void {
  list.linear(layer, 'router', [numExperts, hiddenSize]);
  const fused = list.isGguf ? { count: 1, first: 0 } : { count: 2, first: 0 };
  for (const [part, rows, columns, { count, first }] of [
    ['gate', intermediateSize, hiddenSize, fused],
    ['up', intermediateSize, hiddenSize, { ...fused, first: fused.count - 1 }],
    ['down', hiddenSize, intermediateSize, { count: 1, first: 0 }],
  ] as const) {
    const tensor = list.tensor(`layer.expert.${part}`, layer);
    const transposed = !list.isGguf && tensors.get(tensor)?.type !== 'MXFP4';
    const all = rows * count;
    for (let expert = 0; expert < numExperts; expert++) {
      const name = layerWeight(layer, `expert.${expert}.${part}`);
      const ofExpert = { start: expert * all + first, size: 1, stride: count };
      const source: TensorSource = transposed
        ? {
            tensor,
            shape: [numExperts, columns, all],
            transposed,
            matrix: expert,
            rows: { ...ofExpert, start: first },
          }
        : { tensor, shape: [numExperts, all, columns], rows: ofExpert };
      list.specs.push({ name, shape: [rows, columns], source });
      list.specs.push({
        name: `${name}.bias`,
        shape: [rows],
        source: {
          tensor: list.tensor(`layer.expert.${part}.bias`, layer),
          shape: [numExperts, all],
          rows: ofExpert,
        },
      });
    }
  }
}
