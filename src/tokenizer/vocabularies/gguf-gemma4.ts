import type { GgufVocabulary } from '../../shared/tokens';
import { BATCH } from '../batch';
import { BpeModel } from '../bpe/bpe-model';
import { SentencePieceAlphabet } from '../sentencepiece/alphabet';
import { Neighbours } from '../sentencepiece/neighbours';
import type { Vocabulary } from '../vocabulary';
import { addedTokensOf } from './added-tokens';
import { beginOf } from './gguf-begin';
import { listedMerges } from './gguf-bpe';
import { byteOf } from './gguf-sentencepiece';
import { TokenTableBuilder } from './token-table-builder';
import { TokenType, typeOf } from './token-types';

/** A vocabulary of the GGUF type `gemma4`: BPE with listed merges over characters, `▁` for a space, byte fallback. */
export function* ggufGemma4(source: GgufVocabulary): Generator<undefined, Vocabulary> {
  const builder = new TokenTableBuilder();
  const neighbours = new Neighbours();
  const ids = new Map<string, number>();
  const bytes = new Int32Array(256).fill(-1);
  for (const [id, text] of source.tokens.entries()) {
    builder.addText(id, text, true);
    neighbours.add(text);
    ids.set(text, id);
    if (typeOf(source, id) === TokenType.Byte) bytes[byteOf(text)] = id;
    if (id % BATCH === 0) yield;
  }
  const table = yield* builder.build();
  const merges = yield* listedMerges(source, table, (text, start, end) => ids.get(text.slice(start, end)) ?? -1);
  const options = { marksSpaces: true, readsMarks: true, wholePieces: false, bytes, unknown: { id: -1, fuses: false } };
  return {
    name: 'gemma4',
    table,
    begin: beginOf(source),
    normalizers: [],
    isLocal: true,
    prefix: undefined,
    model: new BpeModel(new SentencePieceAlphabet(table, options), merges),
    splits: [],
    cut: neighbours.split,
    added: yield* addedTokensOf(source),
  };
}
