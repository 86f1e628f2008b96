import type { ModelConfig } from '../../model/config';
import { UNEMBEDDING } from '../../model/graphs/ports';
import { unembeddingUnder } from '../adapter-gain';
import type { LoadedModel } from '../loaded-model';
import { float32, int64 } from '../tensors';
import { residualOf, type Trace } from '../trace';

/** What a model says at some positions of a text that it has read, wherever the model is. */
export interface LogitRows {
  readonly vocabSize: number;
  /** Of the text. */
  readonly ids: Uint32Array;
  /** The bytes of a token in hexadecimal. @param id one that stands in the text */
  textOf(id: number): string;
  /**
   * Logits of what the model expects at these positions, which is what it says after the ones before: [positions, V]. They
   * hold until rows are asked for twice more, so that the next can be on their way while these are looked at.
   */
  rows(positions: Uint32Array): Promise<Float32Array>;
}

/** Bytes of the rows that are asked for at a time: enough for the unembedding to compute as fast as it can. */
const BLOCK_BYTES = 16e6;

/** How many rows are asked for at a time. */
export const rowsAtATime = (vocabSize: number): number =>
  Math.max(1, Math.floor(BLOCK_BYTES / (vocabSize * Float32Array.BYTES_PER_ELEMENT)));

/** Two places for rows, in turn, and as large as they have to be. */
export class Rooms {
  #rooms = [new Float32Array(), new Float32Array()];

  next(size: number): Float32Array {
    const [older = new Float32Array(), newer = older] = this.#rooms;
    const room = older.length < size ? new Float32Array(size) : older;
    this.#rooms = [newer, room];
    return room.subarray(0, size);
  }
}

/** Those of a model of this engine. @param turn has a run of a graph wait for all others */
export function ownRows(model: LoadedModel, trace: Trace, turn: <T>(run: () => Promise<T>) => Promise<T>): LogitRows {
  const { config } = model.compiled;
  const { vocabSize } = config;
  const unembedding = unembeddingUnder(model.sessions, model.compiled, trace.interventions);
  const rooms = new Rooms();
  return {
    vocabSize,
    ids: trace.ids,
    textOf: (id) => Buffer.from(model.tokenizer.tokenBytes(id)).toString('hex'),
    rows: (positions) =>
      turn(async () => {
        const logits = rooms.next(positions.length * vocabSize);
        await unembedding.run(
          {
            [UNEMBEDDING.residual]: float32(
              streamsBefore(config, trace, positions),
              positions.length,
              config.hiddenSize,
            ),
            [UNEMBEDDING.target]: int64(new Uint32Array(positions.length), positions.length),
          },
          { [UNEMBEDDING.logits]: float32(logits, positions.length, vocabSize) },
        );
        return logits;
      }),
  };
}

/** What left the last layer before each of these positions: [positions, C]. */
function streamsBefore(
  { numHiddenLayers, hiddenSize }: ModelConfig,
  trace: Trace,
  positions: Uint32Array,
): Float32Array {
  const streams = new Float32Array(positions.length * hiddenSize);
  for (const [row, position] of positions.entries()) {
    streams.set(residualOf(trace, numHiddenLayers, position - 1, position), row * hiddenSize);
  }
  return streams;
}
