import { sentence, VitrineError } from '../../shared/errors';
import type { GgufVocabulary } from '../../shared/tokens';
import { BATCH } from '../batch';
import { BpeModel } from '../bpe/bpe-model';
import { ByteAlphabet } from '../bpe/byte-alphabet';
import { brokenMerge, ListedMerges } from '../bpe/merges';
import { cutBetweenTokens } from '../bpe/token-joints';
import type { TokenTable } from '../bpe/token-table';
import { preTokenizer } from '../splits/pre-tokenizers';
import type { Vocabulary } from '../vocabulary';
import { addedTokensOf } from './added-tokens';
import { decodeByteText } from './byte-text';
import { beginOf } from './gguf-begin';
import { TokenTableBuilder } from './token-table-builder';
import { isAdded, typeOf } from './token-types';

/** A vocabulary of the GGUF type `gpt2`: byte-level BPE with listed merges. Pauses at every yield. */
export function* ggufBpe(source: GgufVocabulary): Generator<undefined, Vocabulary> {
  const { splits, wholePieces, normalizers } = preTokenizer(source.pre);
  const table = yield* tokenTable(source);
  const merges = yield* listedMerges(source, table, byteTextFinder(table));
  const model = new BpeModel(new ByteAlphabet(table, wholePieces), merges);
  const cut = yield* cutBetweenTokens(table);
  const added = yield* addedTokensOf(source);
  const name = source.pre ?? '';
  return {
    name,
    table,
    begin: beginOf(source),
    normalizers,
    isLocal: true,
    prefix: undefined,
    model,
    splits,
    cut,
    added,
  };
}

function* tokenTable(source: GgufVocabulary): Generator<undefined, TokenTable> {
  const builder = new TokenTableBuilder();
  for (let id = 0; id < source.tokens.length; id++) {
    const text = source.tokens[id] ?? '';
    // What is not written in the alphabet of bytes, added tokens and stray characters, is no part of any merge.
    if (isAdded(typeOf(source, id)) || !builder.addByteText(id, text)) builder.addText(id, text, false);
    if (id % BATCH === 0) yield;
  }
  return yield* builder.build();
}

/** The merges of a file, `left right` each. @param idOf the token `text[start, end)`, -1 where it is none */
export function* listedMerges(
  source: GgufVocabulary,
  table: TokenTable,
  idOf: (text: string, start: number, end: number) => number,
): Generator<undefined, ListedMerges> {
  const { merges } = source;
  if (!merges) {
    throw new VitrineError(
      'tokenizer.merges-missing',
      sentence`The model file holds no merges, which its kind of vocabulary needs. Use a file made by a newer converter.`,
    );
  }
  const listed = new ListedMerges(table, merges.length);
  for (const [i, merge] of merges.entries()) {
    const space = merge.indexOf(' ', 1);
    if (space < 0 || space === merge.length - 1) throw brokenMerge(i, sentence`does not have two sides`);
    const left = idOf(merge, 0, space);
    const right = idOf(merge, space + 1, merge.length);
    if (left < 0 || right < 0) throw brokenMerge(i, sentence`joins a token that the vocabulary lacks`);
    listed.add(left, right);
    if (i % BATCH === 0) yield;
  }
  return listed;
}

/** Finds tokens by what is written in the alphabet of bytes. */
function byteTextFinder(table: TokenTable): (text: string, start: number, end: number) => number {
  let bytes = new Uint8Array(256);
  return (text, start, end) => {
    if (end - start > bytes.length) bytes = new Uint8Array(end - start);
    return table.find(bytes, 0, decodeByteText(text, start, end, bytes, 0));
  };
}
