import type { ModelConfig } from '../../model/config';
import type { Why } from '../../shared/why-api';
import type { HeadAttribution, LayerAttribution } from './attribution';
import type { ChangedRow } from './changed-row';
import { dot, sum } from './direction';

/** What was written into the residual stream of a position in a direction, and by what: sums in float64. */
export class Terms {
  readonly #row: ChangedRow;
  readonly #directions: readonly Float64Array[];
  #embedding = 0;
  #interventions = 0;
  /** [layer, head] */
  readonly #heads: Float64Array;
  /** [layer] */
  readonly #mixers: Float64Array;
  readonly #attentionBiases: Float64Array;
  readonly #mlps: Float64Array;
  /** [key] */
  readonly #sources: Float64Array;

  /** @param directions of `directionsOfLayers` */
  constructor(
    { numHiddenLayers, numAttentionHeads }: ModelConfig,
    keys: number,
    row: ChangedRow,
    directions: readonly Float64Array[],
  ) {
    this.#row = row;
    this.#directions = directions;
    this.#heads = new Float64Array(numHiddenLayers * numAttentionHeads);
    this.#mixers = new Float64Array(numHiddenLayers);
    this.#attentionBiases = new Float64Array(numHiddenLayers);
    this.#mlps = new Float64Array(numHiddenLayers);
    this.#sources = new Float64Array(keys);
    const { firstLayer: first } = row;
    const begins = dot(row.entering(first), this.directionAt(first));
    if (row.replaced(first, 'residual')) this.#interventions = begins;
    else this.#embedding = begins;
  }

  directionAt(layer: number): Float64Array {
    return this.#directions[layer] as Float64Array;
  }

  addLayer(layer: number, { added, heads }: LayerAttribution): void {
    const u = this.directionAt(layer);
    const patch = this.#row.replaced(layer, 'attention');
    const ofAttention = dot(patch ?? added, u);
    if (patch) this.#interventions += ofAttention;
    else if (heads) this.#addHeads(layer, heads);
    else this.#mixers[layer] = ofAttention;
    const ofMlp = dot(this.#row.grownBy(layer), u) - ofAttention;
    if (this.#row.replaced(layer, 'mlp')) this.#interventions += ofMlp;
    else this.#mlps[layer] = ofMlp;
    const steered = this.#row.steered(layer);
    if (steered) this.#interventions += dot(steered, this.directionAt(layer + 1));
  }

  #addHeads(layer: number, { contributions, biases }: HeadAttribution): void {
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
    const ofLayers = [this.#heads, this.#mixers, this.#attentionBiases, this.#mlps].map(sum);
    return ofLayers.reduce((total, one) => total + one, this.#embedding + this.#interventions);
  }

  answer(): Pick<Why, 'embedding' | 'heads' | 'mixers' | 'attentionBiases' | 'mlps' | 'sources' | 'interventions'> {
    return {
      embedding: this.#embedding,
      heads: Float32Array.from(this.#heads),
      mixers: Float32Array.from(this.#mixers),
      attentionBiases: Float32Array.from(this.#attentionBiases),
      mlps: Float32Array.from(this.#mlps),
      sources: Float32Array.from(this.#sources),
      ...(this.#interventions !== 0 && { interventions: this.#interventions }),
    };
  }
}
