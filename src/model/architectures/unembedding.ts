import { sentence, VitrineError } from '../../shared/errors';
import type { Checkpoint, CheckpointTensor } from '../checkpoint/checkpoint';
import type { ModelConfig } from '../config';
import { HEADS, missingTensor, type WeightSpec } from '../weights';
import type { WeightList } from './weight-list';

/** Rows that are compared whenever a model is looked at: to train one of two matrices changes nearly all of them. */
const SAMPLES = 256;
/** Rows that are read at once where all are compared. */
const ROWS = 512;

/**
 * Whether the embedding is the unembedding too. A folder may hold the same matrix twice; where the two differ, one of them was
 * trained alone, and they are two whatever `config.json` says. Reference: `tie_weights` of Hugging Face transformers 5.
 *
 * @param tied what `config.json` says
 * @throws VitrineError `model.tensor` where there is no unembedding: transformers would take random numbers for one
 */
export function isTied(checkpoint: Checkpoint, list: WeightList, tied: boolean): boolean {
  const name = list.tensor('unembedding');
  const unembedding = checkpoint.tensors.get(name);
  if (!unembedding) {
    if (tied || list.isGguf) return true;
    throw missingTensor(checkpoint, name);
  }
  if (!tied || list.isGguf) return false;
  const embedding = checkpoint.tensors.get(list.tensor('embedding'));
  return embedding !== undefined && isSameSample(embedding, unembedding);
}

/**
 * Compares all rows of an embedding and an unembedding that were taken for one.
 *
 * @throws VitrineError `model.unsupported` where some differ
 */
export function refuseTrainedRows(
  { path, format, tensors }: Checkpoint,
  { tieWordEmbeddings }: ModelConfig,
  specs: readonly WeightSpec[],
): void {
  const unembedding = [...tensors.values()].find(({ name }) => HEADS.test(name));
  if (format !== 'huggingFace' || !tieWordEmbeddings || !unembedding) return;
  const source = specs.find(({ name }) => name === 'embedding')?.source;
  const embedding = tensors.get(source && 'tensor' in source ? source.tensor : '');
  const rows = unembedding.shape[0] as number;
  for (let first = 0; embedding && first < rows; first += ROWS) {
    if (isSame(embedding, unembedding, first, Math.min(ROWS, rows - first))) continue;
    throw new VitrineError(
      'model.unsupported',
      sentence`${path}: its config.json says that ${unembedding.name} is the same as ${embedding.name}, and some of their rows differ. Write "tie_word_embeddings": false there: then both are read.`,
    );
  }
}

/** Whether some rows of two matrices are the same. */
export function isSameSample(one: CheckpointTensor, other: CheckpointTensor): boolean {
  if (one.shape.join() !== other.shape.join()) return false;
  const last = (one.shape[0] as number) - 1;
  const step = Math.max(1, last / (SAMPLES - 1));
  for (let row = 0; row <= last; row += step) if (!isSame(one, other, Math.round(row), 1)) return false;
  return true;
}

function isSame(one: CheckpointTensor, other: CheckpointTensor, first: number, count: number): boolean {
  const values = other.rows(first, count);
  return one.rows(first, count).every((value, i) => value === values[i] || Number.isNaN(value));
}
