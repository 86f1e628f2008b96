import { type Sentence, sentence } from '../../shared/errors';
import type { Checkpoint } from '../checkpoint/checkpoint';

/** For families whose GGUF files lose the window: they are read as if every layer saw all keys. */
export function windowNotes({ format }: Checkpoint): Sentence[] {
  if (format !== 'gguf') return [];
  return [sentence`This GGUF file does not say whether its layers have a sliding window; config.json does.`];
}
