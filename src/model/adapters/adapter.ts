import type { Checkpoint, CheckpointFormat, CheckpointTensor } from '../checkpoint/checkpoint';

/**
 * An adapter: what a training changed of a model, in few numbers, kept in a file of its own. It has the format, and so the
 * names and the order of rows, of the model that it was trained on.
 */
export interface Adapter {
  /** The file or folder that a person chose: it names the adapter in errors. */
  path: string;
  /** Fit to be shown. */
  name: string;
  format: CheckpointFormat;
  /** What it says of how it was trained. */
  trainingWords: readonly string[];
  /** What its file says of its base: GGUF's architecture, and what the base is called. */
  base: { architecture?: string | undefined; name?: string | undefined };
  /** Every file that decides what it changes. */
  files: readonly string[];
  changes: readonly Change[];
  /** In place of the base's; undefined where it was saved without a tokenizer. */
  vocabulary?: Checkpoint['vocabulary'] | undefined;
  close(): void;
}

/** What becomes of a tensor of the base. */
export interface Change {
  /** By the name that the base gives it. */
  tensor: string;
  /** Stands in its place. */
  replacement?: CheckpointTensor;
  /** Is added to it, or to what stands in its place. */
  addition?: LowRank | undefined;
  /** Then gives every output of it this length: [out] (DoRA). */
  magnitudes?: CheckpointTensor;
  /** Is added to it, which is a bias. */
  shift?: Shift | undefined;
}

/** scale · values (the bias of B, PEFT's `lora_bias`). */
export interface Shift {
  tensor: CheckpointTensor;
  scale: number;
}

/** scale · left · right (Hu et al. 2021, arXiv 2106.09685: B and A). */
export interface LowRank {
  /** [rows of the tensor, rank] */
  left: Factor;
  /** [rank, width of the tensor] */
  right: Factor;
  scale: number;
}

/** A matrix as it is stored, or its transpose. */
export interface Factor {
  tensor: CheckpointTensor;
  transposed: boolean;
}

/** [rows, columns] */
export function shapeOf({ tensor: { shape }, transposed }: Factor): [number, number] {
  const [rows = 0, columns = 0] = shape;
  return transposed ? [columns, rows] : [rows, columns];
}

/** (left · right)ᵀ */
export const transposed = ({ left, right, scale }: LowRank): LowRank => ({
  left: { ...right, transposed: !right.transposed },
  right: { ...left, transposed: !left.transposed },
  scale,
});
