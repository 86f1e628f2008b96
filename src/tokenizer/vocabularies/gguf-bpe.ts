import { VitrineError } from '../../shared/errors';
import type { GgufVocabulary } from '../../shared/tokens';
import { ByteAlphabet } from '../bpe/byte-alphabet';
import { brokenMerge, ListedMerges } from '../bpe/merges';
import { TokenTable } from '../bpe/token-table';
import { preTokenizer } from '../splits/pre-tokenizers';
import { encodeUtf8, unitsOfText } from '../unicode/utf8';
import type { Vocabulary } from '../vocabulary';
import { addedTokensOf } from './added-tokens';
import { decodeByteText } from './byte-text';
import { isAdded, typeOf } from './token-types';

/** Tokens or merges between two pauses: about a millisecond. */
const BATCH = 4096;

/** A vocabulary of the GGUF type `gpt2`: byte-level BPE with listed merges. Pauses at every yield. */
export function* ggufBpe(source: GgufVocabulary): Generator<undefined, Vocabulary> {
  const { splits, wholePieces } = preTokenizer(source.pre);
  const table = yield* tokenTable(source);
  const merges = yield* listedMerges(source, table);
  const alphabet = new ByteAlphabet(table, wholePieces);
  return { name: source.pre ?? '', table, alphabet, splits, merges, ...addedTokensOf(source) };
}

function* tokenTable(source: GgufVocabulary): Generator<undefined, TokenTable> {
  const { tokens } = source;
  const lengths = new Uint32Array(tokens.length);
  const bytes = new Uint8Array(3 * tokens.reduce((sum, token) => sum + token.length, 0));
  /** A token not written in the alphabet of bytes (an added one, or a stray character) is no part of any merge. */
  const mergeable = new Uint8Array(tokens.length);
  let offset = 0;
  for (let id = 0; id < tokens.length; id++) {
    const text = tokens[id] ?? '';
    let length = isAdded(typeOf(source, id)) ? -1 : decodeByteText(text, bytes, offset);
    if (length > 0) mergeable[id] = 1;
    else length = encodeUtf8(unitsOfText(text), 0, text.length, bytes.subarray(offset));
    lengths[id] = length;
    offset += length;
    if (id % BATCH === 0) yield;
  }
  const table = new TokenTable(lengths, bytes.slice(0, offset));
  for (let id = 0; id < tokens.length; id++) {
    if (mergeable[id] === 1) table.add(id);
    if (id % BATCH === 0) yield;
  }
  return table;
}

function* listedMerges(source: GgufVocabulary, table: TokenTable): Generator<undefined, ListedMerges> {
  const { merges } = source;
  if (!merges) {
    throw new VitrineError(
      'tokenizer.merges-missing',
      'The model file holds no merges, which its kind of vocabulary needs. Use a file made by a newer converter.',
    );
  }
  const listed = new ListedMerges(table, merges.length);
  const bytes = new Uint8Array(merges.reduce((longest, merge) => Math.max(longest, merge.length), 0));
  const tokenOf = (text: string): number => table.find(bytes, 0, decodeByteText(text, bytes, 0));
  for (let i = 0; i < merges.length; i++) {
    const merge = merges[i] ?? '';
    const space = merge.indexOf(' ', 1);
    if (space < 0 || space === merge.length - 1) throw brokenMerge(i, 'does not have two sides');
    const left = tokenOf(merge.slice(0, space));
    const right = tokenOf(merge.slice(space + 1));
    if (left < 0 || right < 0) throw brokenMerge(i, 'joins a token that the vocabulary lacks');
    listed.add(left, right);
    if (i % BATCH === 0) yield;
  }
  return listed;
}
