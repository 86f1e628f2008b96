import { statSync } from 'node:fs';
import type { TensorType } from '../tensors/tensor-types';
import { readable } from './byte-source';
import type { Checkpoint, CheckpointTensor } from './checkpoint';

/** What a list of models tells of one. */
export interface CheckpointSummary extends Pick<Checkpoint, 'name' | 'format' | 'languages' | 'fileType'> {
  architecture: string;
  /** Weights in all. */
  parameters: number;
  /** Types of its matrices, those of the most weights first. */
  types: TensorType[];
  /** On disk. */
  bytes: number;
}

/** @throws VitrineError `file.…` where one of the files has gone. */
export function checkpointSummary({
  name,
  format,
  languages,
  fileType,
  metadata,
  tensors,
  files,
}: Checkpoint): CheckpointSummary {
  const weights = [...tensors.values()].filter((tensor) => !isMask(tensor));
  return {
    name,
    format,
    languages,
    fileType,
    architecture: metadata.architecture,
    parameters: weights.reduce((total, { elementCount }) => total + elementCount, 0),
    types: typesOf(weights),
    bytes: files.reduce((total, file) => total + readable(file, () => statSync(file)).size, 0),
  };
}

/** Norms and biases say nothing of how a file is quantised: all files have them as they are. */
function typesOf(weights: readonly CheckpointTensor[]): TensorType[] {
  const counts = new Map<TensorType, number>();
  for (const { type, shape, elementCount } of weights) {
    if (shape.length > 1) counts.set(type, (counts.get(type) ?? 0) + elementCount);
  }
  return [...counts].sort(([, a], [, b]) => b - a).map(([type]) => type);
}

/** Old files of GPT-2 keep [1, 1, T, T] of zeros and ones beside their weights. */
const isMask = ({ shape: [first, second, ...rest] }: CheckpointTensor) =>
  first === 1 && second === 1 && rest.length === 2;
