import type { CompiledModel } from '../../model/compile';
import { type Site, siteOf } from '../../model/graphs/ports';
import { sentence, VitrineError } from '../../shared/errors';
import { patchedRows } from '../interventions/changes';
import type { RowChange } from '../row-changes';
import { residualOf, type Trace } from '../trace';
import { layerScaleOf } from './direction';

/** A position of a trace whose run may have put something else in the place of what the model computed there, or added to it. */
export class ChangedRow {
  readonly #model: CompiledModel;
  readonly #trace: Trace;
  readonly #position: number;
  readonly #replaced: RowChange[];

  constructor(model: CompiledModel, trace: Trace, position: number) {
    this.#model = model;
    this.#trace = trace;
    this.#position = position;
    this.#replaced = patchedRows(trace.interventions, { from: position, to: position + 1 });
  }

  /** What stands in place of what the model computed at a site. */
  replaced(layer: number, site: Site): Float32Array | undefined {
    return this.#replaced.find((change) => change.site === siteOf(layer, site))?.values;
  }

  /** What was added to the stream that leaves a layer. */
  steered(layer: number): Float32Array | undefined {
    const { steering } = this.#trace.interventions;
    if (!steering || this.replaced(layer + 1, 'residual')) return undefined;
    const { hiddenSize } = this.#model.config;
    return steering.subarray(layer * hiddenSize, (layer + 1) * hiddenSize);
  }

  /** The first layer whose parts reach the end: what was put in place of the stream lets nothing before it through. */
  get firstLayer(): number {
    const { numHiddenLayers } = this.#model.config;
    const layers = Array.from({ length: numHiddenLayers + 1 }, (_, layer) => layer);
    return layers.findLast((layer) => this.replaced(layer, 'residual')) ?? 0;
  }

  /** What enters a layer, [C]. */
  entering(layer: number): Float32Array {
    return residualOf(this.#trace, layer, this.#position, this.#position + 1);
  }

  /** What the two parts of a layer add together to the stream, before a factor of what leaves the layer: [C]. */
  grownBy(layer: number): Float64Array {
    const scale = layerScaleOf(this.#model, layer);
    const before = this.entering(layer);
    const steered = this.steered(layer);
    return Float64Array.from(
      this.entering(layer + 1),
      (after, i) => (after - (steered?.[i] ?? 0)) / scale - (before[i] as number),
    );
  }

  /** @throws VitrineError `request.range` where nothing of what the model computed for a part reached the end */
  check(layer: number, part: 'attention' | 'mlp'): void {
    if (layer >= this.firstLayer && !this.replaced(layer, part)) return;
    throw new VitrineError(
      'request.range',
      sentence`What layer ${layer} computed here was replaced when the text was read, and did nothing for the token. Choose a later layer, or read the text without that patch.`,
    );
  }
}
