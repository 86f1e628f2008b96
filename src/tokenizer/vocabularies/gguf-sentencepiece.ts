import { sentence, VitrineError } from '../../shared/errors';
import type { GgufVocabulary } from '../../shared/tokens';
import { BATCH } from '../batch';
import { BpeModel } from '../bpe/bpe-model';
import { JoinedMerges } from '../bpe/merges';
import { SentencePieceAlphabet } from '../sentencepiece/alphabet';
import { Neighbours } from '../sentencepiece/neighbours';
import type { Vocabulary } from '../vocabulary';
import { addedTokensOf } from './added-tokens';
import { beginOf } from './gguf-begin';
import { TokenTableBuilder } from './token-table-builder';
import { isAdded, TokenType, typeOf } from './token-types';

/** A vocabulary of the GGUF type `llama`: SentencePiece BPE, where the token with the highest score merges first. */
export function* ggufSentencePiece(source: GgufVocabulary): Generator<undefined, Vocabulary> {
  const builder = new TokenTableBuilder();
  const neighbours = new Neighbours();
  const byteTokens = new Int32Array(256).fill(-1);
  let unknown = -1;
  for (let id = 0; id < source.tokens.length; id++) {
    const text = source.tokens[id] ?? '';
    const type = typeOf(source, id);
    const mergeable = !isAdded(type) && type !== TokenType.Byte;
    builder.addText(id, text, mergeable);
    if (mergeable) neighbours.add(text);
    if (type === TokenType.Byte) byteTokens[byteOf(text)] = id;
    if (type === TokenType.Unknown) unknown = id;
    if (id % BATCH === 0) yield;
  }
  const table = yield* builder.build();
  const alphabet = new SentencePieceAlphabet(table, {
    marksSpaces: true,
    readsMarks: true,
    wholePieces: false,
    bytes: byteTokens,
    unknown: { id: unknown, fuses: false },
  });
  return {
    name: 'sentencepiece',
    table,
    begin: beginOf(source),
    normalizers: [],
    isLocal: true,
    prefix: (source.addSpacePrefix ?? true) ? { where: 'segment', always: true, isWritten: false } : undefined,
    model: new BpeModel(alphabet, new JoinedMerges(table, ranksOf(source))),
    splits: [],
    cut: neighbours.split,
    added: yield* addedTokensOf(source),
  };
}

/** The place of each token in the order of scores, the highest first; equal scores share a place. */
function ranksOf(source: GgufVocabulary): Uint32Array {
  const { scores } = source;
  if (!scores) {
    throw new VitrineError(
      'tokenizer.scores-missing',
      sentence`The model file holds no scores, which its kind of vocabulary needs. Use a file made by a newer converter.`,
    );
  }
  const ascending = Float32Array.from(scores).sort();
  return Uint32Array.from(scores, (score) => ascending.length - lastPlace(ascending, score));
}

/** How many of the sorted values are at most `value`. */
function lastPlace(ascending: Float32Array, value: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] ?? 0) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The byte of a token written `<0x0A>`. */
export function byteOf(text: string): number {
  const byte = /^<0x([0-9A-F]{2})>$/.exec(text)?.[1];
  if (byte !== undefined) return Number.parseInt(byte, 16);
  throw new VitrineError(
    'tokenizer.byte',
    sentence`The vocabulary is damaged: its byte token ${JSON.stringify(text)} names no byte. Get the model file again from its source.`,
  );
}
