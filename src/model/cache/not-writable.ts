import { type Sentence, sentence, VitrineError } from '../../shared/errors';

/** The error of a folder that takes no compiled models. @param reason a clause */
export function notWritable(folder: string, reason: Sentence | string, cause?: unknown): VitrineError {
  return new VitrineError(
    'cache.notWritable',
    sentence`Vitrine cannot write compiled models to ${folder}: ${reason}. Choose another cache folder, or put that right.`,
    { cause },
  );
}
