import { sentence } from '../../shared/errors';
import type { LayerKind, ModelConfig } from '../config';
import { layerWeight } from '../weights';
import type { Settings } from './settings';
import type { TensorNames, WeightList } from './weight-list';

/* What files have of experts. Every expert's matrices are weights of their own, so that each can stay quantised. */

/** `@` stands for the expert's number in a folder. A GGUF file has one tensor for all experts of a layer. */
export const EXPERT_NAMES = {
  'layer.router': ['blk.#.ffn_gate_inp', 'model.layers.#.mlp.gate'],
  'layer.expert.gate': ['blk.#.ffn_gate_exps', 'model.layers.#.mlp.experts.@.gate_proj'],
  'layer.expert.up': ['blk.#.ffn_up_exps', 'model.layers.#.mlp.experts.@.up_proj'],
  'layer.expert.down': ['blk.#.ffn_down_exps', 'model.layers.#.mlp.experts.@.down_proj'],
} as const satisfies TensorNames;

/** `gating_func` of GGUF files: what makes weights of the router's logits. */
export const GATING = { softmax: 1, softmaxOfChosen: 3 } as const;

/** A layer has a weight for every matrix of every expert: a file that says millions would fill the memory with names. */
const MOST_EXPERTS = 4096;

/** How many experts there are, and how many see each token. */
export function readExperts(settings: Settings): { numExperts: number; numExpertsPerTok: number } {
  const numExperts = settings.count('numExperts');
  if (numExperts > MOST_EXPERTS)
    settings.refuse(
      sentence`${settings.nameOf('numExperts')} is ${String(numExperts)}, which is more than any model has`,
    );
  const numExpertsPerTok = settings.count('numExpertsPerTok');
  if (numExpertsPerTok > numExperts) settings.expect('numExpertsPerTok', numExperts);
  return { numExperts, numExpertsPerTok };
}

/** Those of a kind of layers that has them. */
export function expertsOf({ experts }: LayerKind): NonNullable<LayerKind['experts']> {
  if (experts === undefined) throw new Error('this kind of layer has no experts');
  return experts;
}

/** The router of a layer, and the matrices of its experts. @param width of an expert's inner part */
export function addExperts(
  list: WeightList,
  layer: number,
  { hiddenSize }: ModelConfig,
  kind: LayerKind,
  width: number,
): void {
  const { numExperts } = expertsOf(kind);
  list.linear(layer, 'router', [numExperts, hiddenSize]);
  const shapes = { gate: [width, hiddenSize], up: [width, hiddenSize], down: [hiddenSize, width] };
  for (let expert = 0; expert < numExperts; expert++) {
    for (const [part, shape] of Object.entries(shapes) as [keyof typeof shapes, [number, number]][]) {
      const source = expertSource(list, layer, part, expert, [numExperts, ...shape]);
      list.specs.push({ name: layerWeight(layer, `expert.${expert}.${part}`), shape, source });
    }
  }
}

function expertSource(
  list: WeightList,
  layer: number,
  part: string,
  expert: number,
  stacked: [number, number, number],
): { tensor: string; shape?: number[]; rows?: { start: number; size: number; stride: number } } {
  const tensor = list.tensor(`layer.expert.${part}`, layer);
  if (!list.isGguf) return { tensor: tensor.replace('@', String(expert)) };
  // Files of the first months of Mixtral have a tensor for each expert.
  const single = tensor.replace('_exps', `.${expert}`);
  if (list.holds(single)) return { tensor: single };
  const rows = stacked[1];
  return { tensor, shape: stacked, rows: { start: expert * rows, size: rows, stride: rows } };
}
