import { sentence, VitrineError } from '../../shared/errors';
import { isSameSample } from '../architectures/unembedding';
import type { Checkpoint, CheckpointMetadata, CheckpointTensor } from '../checkpoint/checkpoint';
import { renamed } from '../checkpoint/renamed-tensor';
import { HEADS } from '../weights';

const EMBEDDING = /(^|\.)(token_embd|embed_tokens|wte|embed_in)\.weight$/;

type Tensors = ReadonlyMap<string, CheckpointTensor>;

/** Whether a tensor has a row for each token. */
export const hasTokenRows = (name: string): boolean => isEmbedding(name) || isUnembedding(name);

const isEmbedding = (name: string) => EMBEDDING.test(name);
const isUnembedding = (name: string) => name === 'output.weight' || HEADS.test(name);

function pairOf(tensors: Tensors) {
  const found = (isIt: (name: string) => boolean) => [...tensors].find(([name]) => isIt(name))?.[1];
  return { embedding: found(isEmbedding), unembedding: found(isUnembedding) };
}

/** The tensors of a base as PEFT finds them: a matrix that is embedding and unembedding is there under both names. */
export function tensorsByAllNames({ format, tensors }: Checkpoint): Map<string, CheckpointTensor> {
  const { embedding, unembedding } = pairOf(tensors);
  if (format === 'gguf' || !embedding || unembedding) return new Map(tensors);
  const name = embedding.name.endsWith('embed_in.weight') ? 'embed_out.weight' : 'lm_head.weight';
  return new Map([...tensors, [name, renamed(embedding, name)]]);
}

/**
 * Refuses low-rank matrices on one of embedding and unembedding where they are one matrix: what PEFT computes with them is not
 * what it computes once they are merged. A matrix that was trained whole is plain: it stands in the place of one of the two.
 *
 * @param tensors of the base
 * @throws VitrineError `adapter.unsupported`
 */
export function refuseTiedProduct(tensors: Tensors, name: string, path: string): void {
  if (!hasTokenRows(name)) return;
  const { embedding, unembedding } = pairOf(tensors);
  if (embedding && unembedding && !isSameSample(embedding, unembedding)) return;
  throw new VitrineError(
    'adapter.unsupported',
    sentence`${path}: the adapter adds to ${name}, which is both embedding and unembedding in this model: PEFT computes one thing with it as it is, and another once it is merged. For the second, merge it in Python and open the result as a model: model.merge_and_unload().save_pretrained(folder).`,
  );
}

/**
 * What a checkpoint is with changed tensors: its embedding may have more rows or fewer, for tokens that were added, and it and
 * the unembedding are two where one of them was changed.
 *
 * @param tensors by all names; loses one that none needs
 */
export function withTokenRows(
  checkpoint: Checkpoint,
  tensors: Map<string, CheckpointTensor>,
  changed: ReadonlySet<string>,
): Pick<Checkpoint, 'tensors' | 'metadata'> {
  const { metadata } = checkpoint;
  const { embedding, unembedding } = pairOf(tensors);
  if (checkpoint.format === 'gguf' || !embedding || !unembedding) return { tensors, metadata };
  const names = [embedding.name, unembedding.name].filter((name) => changed.has(name));
  if (names.length === 0) {
    if (!checkpoint.tensors.has(unembedding.name)) tensors.delete(unembedding.name);
    return { tensors, metadata };
  }
  const own = new Map<string, unknown>([['vocab_size', embedding.shape[0]]]);
  if (names.length === 1) own.set('tie_word_embeddings', false);
  return { tensors, metadata: withValues(metadata, own) };
}

const withValues = (metadata: CheckpointMetadata, own: ReadonlyMap<string, unknown>): CheckpointMetadata => ({
  ...metadata,
  get: (key) => (own.has(key) ? own.get(key) : metadata.get(key)),
});
