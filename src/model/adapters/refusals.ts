import { type SentenceValue, sentence, VitrineError } from '../../shared/errors';

/** @param what names what the adapter at the path has, and nothing here merges */
export const unsupported = (path: string, what: SentenceValue): VitrineError =>
  new VitrineError(
    'adapter.unsupported',
    sentence`${path}: the adapter has ${what}, which Vitrine does not merge. Merge it in Python and open the result as a model: model.merge_and_unload().save_pretrained(folder).`,
  );

export const unknownTensor = (path: string, name: string): VitrineError =>
  unsupported(path, sentence`the tensor ${name}`);

/** @param name of a tensor that is only half of a product */
export const incomplete = (path: string, name: string): VitrineError =>
  new VitrineError(
    'adapter.damaged',
    sentence`${path} is damaged: the tensor ${name} lacks the other of its pair. Get the adapter again.`,
  );
