import { sentence } from '../../shared/errors';
import type { Checkpoint } from '../checkpoint/checkpoint';
import type { ModelConfig } from '../config';
import { HEADS, type WeightSpec } from '../weights';
import { unsupported } from './refusals';

/**
 * Refuses an adapter that changes the embedding or the unembedding of a model where they are one matrix: it was trained as a
 * change of one of them.
 *
 * @throws VitrineError `adapter.unsupported`
 */
export function refuseTiedChange(
  { adapter }: Checkpoint,
  { tieWordEmbeddings }: ModelConfig,
  specs: readonly WeightSpec[],
): void {
  if (!adapter || !tieWordEmbeddings) return;
  const source = specs.find(({ name }) => name === 'embedding')?.source;
  const embedding = source && 'tensor' in source ? source.tensor : undefined;
  const name = [...adapter.changed].find((one) => one === embedding || HEADS.test(one));
  if (name === undefined) return;
  throw unsupported(adapter.path, sentence`a change of ${name}, which is both embedding and unembedding in this model`);
}
