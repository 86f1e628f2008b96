import { statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { hasTokenizer } from '../huggingface/tokenizer-files';
import { readable } from './byte-source';
import { snapshotOf } from './locate';

/**
 * The folder with the files of a tokenizer that a path stands for: with a model or without one, or where its tokenizer.json is;
 * undefined of a GGUF file and whatever else it may be.
 *
 * @throws VitrineError `file.missing` or `file.unreadable`
 */
export function tokenizerFolder(path: string): string | undefined {
  const isFolder = readable(path, () => statSync(path)).isDirectory();
  const folder = isFolder ? snapshotOf(path) : dirname(path);
  return (isFolder || basename(path) === 'tokenizer.json') && hasTokenizer(folder) ? folder : undefined;
}
