import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { sentence, VitrineError } from '../../shared/errors';
import { AddedTokens } from '../added/added-tokens';
import { BATCH } from '../batch';
import { BpeModel } from '../bpe/bpe-model';
import { ByteAlphabet } from '../bpe/byte-alphabet';
import { JoinedMerges } from '../bpe/merges';
import { cutBetweenTokens } from '../bpe/token-joints';
import { knownSplit } from '../splits/known-regexes';
import type { Vocabulary } from '../vocabulary';
import { TokenTableBuilder } from './token-table-builder';

/** What a file of `tiktoken/encoders` holds. */
export interface TiktokenEncoding {
  pat_str: string;
  special_tokens: Record<string, number>;
  /** Lines of `! FIRST_RANK BASE64 BASE64 …`; the rank of a token is its id. */
  bpe_ranks: string;
}

/** The vocabularies of the package tiktoken; each is read only when it is wanted. */
export const TIKTOKEN_NAMES = ['gpt2', 'r50k_base', 'p50k_base', 'cl100k_base', 'o200k_base'] as const;

export type TiktokenName = (typeof TIKTOKEN_NAMES)[number];

export function isTiktokenName(name: string): name is TiktokenName {
  return TIKTOKEN_NAMES.some((known) => known === name);
}

/** Reads a vocabulary's table from its JSON: its module holds the thread up for as long as it takes to compile. */
export async function readTiktoken(name: TiktokenName): Promise<TiktokenEncoding> {
  const path = createRequire(import.meta.url).resolve(`tiktoken/encoders/${name}.json`);
  return JSON.parse(await readFile(path, 'utf8'));
}

/** A vocabulary of tiktoken, made in steps. @throws VitrineError where its regex is unknown */
export function* tiktokenVocabulary(name: string, encoding: TiktokenEncoding): Generator<undefined, Vocabulary> {
  const split = knownSplit(encoding.pat_str);
  if (!split) {
    throw new VitrineError(
      'tokenizer.pre',
      sentence`The vocabulary ${name} splits text by a regex that Vitrine does not know: ${encoding.pat_str}`,
    );
  }
  const specials = Object.entries(encoding.special_tokens);
  const builder = new TokenTableBuilder();
  yield* addRanks(encoding.bpe_ranks, builder);
  for (const [text, id] of specials) builder.addText(id, text, false);
  const table = yield* builder.build();
  const added = yield* AddedTokens.of(specials.map(([text, id]) => ({ id, text, control: true })));
  const cut = yield* cutBetweenTokens(table);
  return {
    name,
    table,
    begin: [],
    normalizers: [],
    isLocal: true,
    prefix: undefined,
    model: new BpeModel(new ByteAlphabet(table, true), new JoinedMerges(table)),
    splits: [split],
    cut,
    added,
  };
}

function* addRanks(ranks: string, builder: TokenTableBuilder): Generator<undefined> {
  for (const line of ranks.split('\n')) {
    let id = Number.parseInt(line.slice(2), 10);
    let at = line.indexOf(' ', 2) + 1;
    for (; at > 0 && at < line.length; id += BATCH) {
      at = addBatch(line, at, id, builder);
      yield;
    }
  }
}

/** Adds the next tokens of a line. @returns where the one after them starts */
function addBatch(line: string, from: number, firstId: number, builder: TokenTableBuilder): number {
  let start = from;
  for (let id = firstId; id < firstId + BATCH && start < line.length; id++) {
    const space = line.indexOf(' ', start);
    const end = space < 0 ? line.length : space;
    builder.addBase64(id, line, start, end);
    start = end + 1;
  }
  return start;
}
