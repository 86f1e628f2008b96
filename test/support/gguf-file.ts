import { type ByteSource, openFile } from '../../src/model/checkpoint/byte-source';
import { type GgufFile, type GgufTensor, ggufOf } from '../../src/model/gguf/reader';
import { vocabularyOf } from '../../src/model/gguf/vocabulary';
import type { GgufVocabulary } from '../../src/shared/tokens';
import { atOnce } from '../../src/tokenizer/slices';

/** Reads a GGUF file's header at once. The caller closes it. */
export const openGguf = (path: string): GgufFile => readGguf(openFile(path));
export const readGguf = (source: ByteSource): GgufFile => atOnce(ggufOf(source));
export const closeGguf = ({ source }: GgufFile): void => source.close();

/** A tensor's bytes as they lie in the file. */
export const readTensor = ({ source }: GgufFile, { offset, byteLength }: GgufTensor): Uint8Array =>
  source.read(offset, byteLength);

export const readVocabulary = ({ metadata }: GgufFile): GgufVocabulary => atOnce(vocabularyOf(metadata));
