import type { Checkpoint } from '../checkpoint/checkpoint';
import { layerWeight, type RowView, type TensorSource, type WeightSpec } from '../weights';

/**
 * What a weight's tensor is called in a GGUF file and in a Hugging Face folder, without its ending `.weight` or `.bias`;
 * `#` stands for the layer's number. A weight's own name in a layer begins with `layer.` here.
 */
export type TensorNames = Readonly<Record<string, readonly [gguf: string, huggingFace: string]>>;

/** How a weight stands in its tensor. */
export type TensorView = Pick<
  TensorSource,
  'shape' | 'rows' | 'transposed' | 'scale' | 'plus' | 'negativeExponential'
> &
  Pick<WeightSpec, 'heads'>;

/** The weights of a model under construction. */
export class WeightList {
  readonly specs: WeightSpec[] = [];
  readonly #checkpoint: Checkpoint;
  readonly #names: TensorNames;

  constructor(checkpoint: Checkpoint, names: TensorNames) {
    this.#checkpoint = checkpoint;
    this.#names = names;
  }

  get isGguf(): boolean {
    return this.#checkpoint.format === 'gguf';
  }

  /** The tensor of a weight in this checkpoint. @param name of the table, `.bias` after it for a bias */
  tensor(name: string, layer = 0): string {
    const [stem, ending] = name.endsWith('.bias') ? [name.slice(0, -'.bias'.length), 'bias'] : [name, 'weight'];
    const pair = this.#names[stem];
    if (!pair) throw new Error(`there is no name of a tensor for the weight ${stem}`);
    const ofFormat = pair[this.isGguf ? 0 : 1].replace('#', String(layer));
    // Arrays that are no matrices of their own have no ending in a folder.
    const bare = ending === 'weight' ? ofFormat : `${ofFormat}_bias`;
    if (this.#checkpoint.tensors.has(bare)) return bare;
    const full = `${ofFormat}.${ending}`;
    // A model that was saved without its head has no prefix for all the rest.
    const short = full.slice(full.indexOf('.') + 1);
    return !this.#checkpoint.tensors.has(full) && this.#checkpoint.tensors.has(short) ? short : full;
  }

  has(name: string, layer = 0): boolean {
    return this.holds(this.tensor(name, layer));
  }

  /** Whether the checkpoint has a tensor of this name. */
  holds(tensor: string): boolean {
    return this.#checkpoint.tensors.has(tensor);
  }

  /** @param shape [out, in], or of a vector */
  add(name: string, shape: number[], { heads, ...view }: TensorView = {}): void {
    this.specs.push({ name, shape, ...(heads && { heads }), source: { tensor: this.tensor(name), ...view } });
  }

  /** A weight of a layer. @param from is where another weight's tensor holds it too */
  ofLayer(layer: number, name: string, shape: number[], { heads, ...view }: TensorView = {}, from = name): void {
    const tensor = this.tensor(`layer.${from}`, layer);
    this.specs.push({ name: layerWeight(layer, name), shape, ...(heads && { heads }), source: { tensor, ...view } });
  }

  /** A matrix [out, in] of a layer, and its bias [out] where the checkpoint has one. */
  linear(layer: number, name: string, shape: number[], view: TensorView = {}, from = name): void {
    const ofTensor = view.transposed && !view.shape ? { shape: shape.toReversed() } : {};
    this.ofLayer(layer, name, shape, { ...view, ...ofTensor }, from);
    if (!this.has(`layer.${from}.bias`, layer)) return;
    const { shape: tensor, transposed, ...ofBias } = view;
    const bias = tensor && { shape: [(transposed ? tensor.at(-1) : tensor[0]) as number] };
    this.ofLayer(layer, `${name}.bias`, shape.slice(0, 1), { ...ofBias, ...bias }, `${from}.bias`);
  }
}

/** Rows of heads, `headDim` each: of `order`, see `rotaryOrder`. */
export function headRows(headDim: number, order: readonly number[] | undefined): { rows?: RowView } {
  return order ? { rows: { start: 0, size: headDim, stride: headDim, order } } : {};
}
