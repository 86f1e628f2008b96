import type { Tensor } from 'onnxruntime-node';
import type { ComparedModels } from '../../model/difference';
import { COMPARISON } from '../../model/graphs/ports';
import { elementsOf } from '../../model/tensors/tensor-types';
import type { PlacedWeight } from '../../model/weights';
import { adapterFeeds, type Gain, rowsUnder } from '../adapter-gain';
import type { ReadWeight } from '../layer-runner';
import { type Session, weightsTakenBy } from '../sessions';
import { float32, floats, int64 } from '../tensors';
import { readWeight } from '../weight-rows';

/** What is needed of a model whose weights were written. */
type WrittenModel = Pick<ComparedModels, 'config' | 'weights' | 'weightsFolder'>;

/** One of two models that are compared: its residual streams, and its weights as they are needed. */
export class ComparedModel {
  /** [T, C], in place. */
  streams: Float32Array = new Float32Array();
  readonly #models: WrittenModel;
  readonly #gain: Gain;
  readonly #embeddings: (ids: ArrayLike<number>) => Float32Array;

  private constructor(
    models: WrittenModel,
    readonly read: ReadWeight,
    embeddings: (ids: ArrayLike<number>) => Float32Array,
    gain: Gain = { adapterGain: 1 },
  ) {
    this.#models = models;
    this.#gain = gain;
    this.#embeddings = embeddings;
  }

  /** With the file's own weights. */
  static exact(models: ComparedModels): ComparedModel {
    const { exactPieces, config } = models;
    const read: ReadWeight = (name, into) => {
      let at = 0;
      for (const values of exactPieces(name)) {
        into.set(values, at);
        at += values.length;
      }
    };
    return new ComparedModel(models, read, (ids) => chosenRows(exactPieces('embedding'), config.hiddenSize, ids));
  }

  /** With those that were written, and what an adapter adds to them. */
  static rounded(models: WrittenModel, gain: Gain = { adapterGain: 1 }): ComparedModel {
    const read: ReadWeight = (name, into) => readWeight(models, name, into);
    return new ComparedModel(models, read, (ids) => rowsUnder(models, 'embedding', ids, gain), gain);
  }

  /** Makes what enters the first layer. */
  async embed(session: Session, ids: ArrayLike<number>): Promise<void> {
    const positions = int64(
      Uint32Array.from(ids, (_, i) => i),
      ids.length,
    );
    const results = await session.run({
      ...this.#weightFeeds(session),
      ...(session.inputs.includes(COMPARISON.positions) && { [COMPARISON.positions]: positions }),
      [COMPARISON.embeddings]: float32(this.#embeddings(ids), ids.length, this.#models.config.hiddenSize),
    });
    this.streams = floats(results[COMPARISON.residual]);
  }

  /** Logits of some tokens after what left the last layer: [T, tokens]. @param rows of theirs, of the unembedding */
  async logits(session: Session, unembedding: string, rows: Float32Array): Promise<Float32Array> {
    const { hiddenSize } = this.#models.config;
    const results = await session.run({
      ...this.#weightFeeds(session, unembedding),
      [COMPARISON.residual]: float32(this.streams, this.streams.length / hiddenSize, hiddenSize),
      [COMPARISON.weight(unembedding)]: float32(rows, rows.length / hiddenSize, hiddenSize),
    });
    return floats(results[COMPARISON.logits]);
  }

  /** All weights that a graph takes, but one. */
  #weightFeeds(session: Session, but?: string): Record<string, Tensor> {
    const feeds = adapterFeeds(session, this.#models.weights, this.#gain);
    for (const name of weightsTakenBy(session)) {
      if (name === but) continue;
      const { shape } = this.#models.weights.get(name) as PlacedWeight;
      const values = new Float32Array(elementsOf(shape));
      this.read(name, values);
      feeds[COMPARISON.weight(name)] = float32(values, ...shape);
    }
    return feeds;
  }
}

/** Some rows of a matrix that is read from the first to the last. */
function chosenRows(pieces: Iterable<Float32Array>, width: number, ids: ArrayLike<number>): Float32Array {
  const chosen = new Float32Array(ids.length * width);
  let first = 0;
  for (const rows of pieces) {
    const count = rows.length / width;
    for (let at = 0; at < ids.length; at++) {
      const row = (ids[at] as number) - first;
      if (row >= 0 && row < count) chosen.set(rows.subarray(row * width, (row + 1) * width), at * width);
    }
    first += count;
  }
  return chosen;
}
