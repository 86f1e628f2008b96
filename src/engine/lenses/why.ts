import type { Why } from '../../shared/why-api';
import { residualOf } from '../trace';
import { questionOf } from '../why/asked';
import { Attribution, type HeadAttribution } from '../why/attribution';
import { directionsOfLayers, dot, sum } from '../why/direction';
import { grownBy } from '../why/layer-growth';
import type { LensOf } from './lens';

/** What each part of the model wrote for a token and against another. */
export const why: LensOf<'why'> = {
  runsGraph: true,
  async answer(asked, context) {
    const { trace } = context;
    const { compiled, sessions } = context.model;
    const { numHiddenLayers, numAttentionHeads } = compiled.config;
    const { stream, direction, ...question } = await questionOf(asked, context);
    const { position } = question;
    const directions = directionsOfLayers(compiled, direction.values);
    const attribution = new Attribution(sessions, compiled, trace, position);
    const terms = new Terms(numHiddenLayers, numAttentionHeads, position);
    for (const [layer, u] of directions.entries()) {
      const { added, heads } = await attribution.layer(layer, u);
      const ofAttention = dot(added, u);
      if (heads) terms.addHeads(layer, heads);
      else terms.mixers[layer] = ofAttention;
      terms.mlps[layer] = dot(grownBy(compiled, trace, layer, position - 1), u) - ofAttention;
    }
    const embedding = dot(residualOf(trace, 0, position - 1, position), directions[0] as Float64Array);
    const { bias, softCap } = direction;
    return {
      ...question,
      embedding,
      ...terms.answer(),
      bias,
      softCap,
      remainder: question.logitDifference - embedding - terms.sum() - bias - softCap,
    };
  },
};

/** What the parts of layers wrote, in float64. */
class Terms {
  /** [layer, head] */
  readonly #heads: Float64Array;
  /** [layer] */
  readonly mixers: Float64Array;
  readonly mlps: Float64Array;
  readonly #attentionBiases: Float64Array;
  /** [key] */
  readonly #sources: Float64Array;

  constructor(layers: number, heads: number, keys: number) {
    this.#heads = new Float64Array(layers * heads);
    this.mixers = new Float64Array(layers);
    this.mlps = new Float64Array(layers);
    this.#attentionBiases = new Float64Array(layers);
    this.#sources = new Float64Array(keys);
  }

  addHeads(layer: number, { contributions, biases }: HeadAttribution): void {
    const keys = this.#sources.length;
    const heads = contributions.length / keys;
    for (let head = 0, at = 0; head < heads; head++) {
      let total = 0;
      for (let key = 0; key < keys; key++, at++) {
        const value = contributions[at] as number;
        total += value;
        this.#sources[key] = (this.#sources[key] as number) + value;
      }
      this.#heads[layer * heads + head] = total;
    }
    this.#attentionBiases[layer] = biases;
  }

  sum(): number {
    return sum(this.#heads) + sum(this.mixers) + sum(this.#attentionBiases) + sum(this.mlps);
  }

  answer(): Pick<Why, 'heads' | 'mixers' | 'attentionBiases' | 'mlps' | 'sources'> {
    return {
      heads: Float32Array.from(this.#heads),
      mixers: Float32Array.from(this.mixers),
      attentionBiases: Float32Array.from(this.#attentionBiases),
      mlps: Float32Array.from(this.mlps),
      sources: Float32Array.from(this.#sources),
    };
  }
}
