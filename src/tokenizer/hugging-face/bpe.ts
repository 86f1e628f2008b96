import { sentence } from '../../shared/errors';
import { BATCH } from '../batch';
import { BpeModel } from '../bpe/bpe-model';
import { ByteAlphabet } from '../bpe/byte-alphabet';
import { ListedMerges } from '../bpe/merges';
import { cutBetweenTokens } from '../bpe/token-joints';
import type { TokenTable } from '../bpe/token-table';
import type { Model } from '../model';
import { SentencePieceAlphabet } from '../sentencepiece/alphabet';
import { Neighbours } from '../sentencepiece/neighbours';
import type { Split } from '../splits/split';
import { TokenTableBuilder } from '../vocabularies/token-table-builder';
import { MOST_TOKENS } from '../vocabularies/token-types';
import type { ListedAdded } from './added';
import type { JsonField } from './json-field';
import type { Rules } from './rules';
import type { ListedTokens } from './tokens';

interface Bpe {
  table: TokenTable;
  model: Model;
  cut: Split | undefined;
}

/** A model of the type BPE. */
export function* readBpe(
  model: JsonField,
  tokens: ListedTokens,
  added: readonly ListedAdded[],
  { isByteLevel, marksSpaces, readsMarks }: Rules,
): Generator<undefined, Bpe> {
  checkOptions(model);
  const table = yield* tableOf(tokens, added, isByteLevel);
  const merges = yield* readMerges(model.get('merges'), tokens, table);
  const wholePieces = model.get('ignore_merges').boolean(false);
  const unknown = { id: unknownOf(model, tokens), fuses: model.get('fuse_unk').boolean(false) };
  if (isByteLevel) {
    const cut = yield* cutBetweenTokens(table);
    return { table, model: new BpeModel(new ByteAlphabet(table, wholePieces, unknown), merges), cut };
  }
  const neighbours = yield* neighboursOf(tokens);
  const bytes = model.get('byte_fallback').boolean(false) ? byteTokensOf(tokens) : undefined;
  const alphabet = new SentencePieceAlphabet(table, { marksSpaces, readsMarks, wholePieces, bytes, unknown });
  // Unknown characters side by side are one token, wherever no other reaches across.
  const isCut = !unknown.fuses || (bytes && !bytes.includes(-1));
  return { table, model: new BpeModel(alphabet, merges), cut: isCut ? neighbours.split : undefined };
}

/** Refuses what would give other tokens, or other ones each time. */
function checkOptions(model: JsonField): void {
  const dropout = model.get('dropout');
  if (!dropout.isAbsent && dropout.number() !== 0) throw dropout.unknown();
  for (const name of ['continuing_subword_prefix', 'end_of_word_suffix']) {
    const option = model.get(name);
    if (!option.isAbsent && option.text() !== '') throw option.unknown();
  }
}

function* tableOf(
  tokens: ListedTokens,
  added: readonly ListedAdded[],
  isByteLevel: boolean,
): Generator<undefined, TokenTable> {
  const builder = new TokenTableBuilder();
  let count = 0;
  for (const [text, id] of tokens.entries()) {
    // What is not written in the alphabet of bytes is no part of any merge.
    if (!isByteLevel) builder.addText(id, text, true);
    else if (!builder.addByteText(id, text)) builder.addText(id, text, false);
    if (++count % BATCH === 0) yield;
  }
  for (const { id, content } of added) {
    if (tokens.idOf(content) < 0) builder.addText(id, content, false);
    if (++count % BATCH === 0) yield;
  }
  return yield* builder.build();
}

/** The merges, each `"left right"` or `["left", "right"]`. */
function* readMerges(list: JsonField, tokens: ListedTokens, table: TokenTable): Generator<undefined, ListedMerges> {
  const entries = list.array();
  if (entries.length > MOST_TOKENS) throw list.damaged(sentence`has ${entries.length} entries, which is too many`);
  const merges = new ListedMerges(table, entries.length);
  for (const [i, entry] of entries.entries()) {
    const sides: unknown[] = typeof entry === 'string' ? entry.split(' ') : Array.isArray(entry) ? entry : [];
    const [left, right] = sides;
    if (sides.length !== 2 || typeof left !== 'string' || typeof right !== 'string') {
      throw list.at(i).damaged(sentence`is no pair of tokens`);
    }
    const ids = [left, right].map((side) => tokens.idOf(side));
    const missing = ids.indexOf(-1);
    if (missing >= 0) {
      throw list.at(i).damaged(sentence`names ${JSON.stringify(sides[missing])}, which is no token of model.vocab`);
    }
    merges.add(ids[0] ?? 0, ids[1] ?? 0);
    if (i % BATCH === 0) yield;
  }
  return merges;
}

/** The token of what no other token holds; -1 where the model names none. */
function unknownOf(model: JsonField, tokens: ListedTokens): number {
  const name = model.get('unk_token');
  if (name.isAbsent) return -1;
  const id = tokens.idOf(name.text());
  if (id < 0) throw name.damaged(sentence`is ${JSON.stringify(name.value)}, which is no token of model.vocab`);
  return id;
}

function* neighboursOf(tokens: ListedTokens): Generator<undefined, Neighbours> {
  const neighbours = new Neighbours();
  let count = 0;
  for (const [text] of tokens.entries()) {
    neighbours.add(text);
    if (++count % BATCH === 0) yield;
  }
  return neighbours;
}

/** The token `<0xNN>` of each byte, -1 where there is none: Int32Array // [256] */
export function byteTokensOf(tokens: ListedTokens): Int32Array {
  return Int32Array.from({ length: 256 }, (_, byte) => {
    return tokens.idOf(`<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`);
  });
}
