import { Tokenizer as Native } from 'tokenizers';
import type { GgufVocabulary, HuggingFaceVocabulary } from '../../src/shared/tokens';

/** The parts of a tokenizer.json, as they stand there. */
export interface TokenizerJson {
  added_tokens?: object[];
  normalizer?: object | null;
  pre_tokenizer?: object | null;
  post_processor?: object | null;
  decoder?: object | null;
  model: object;
}

export function specification(tokenizer: TokenizerJson, config?: object): HuggingFaceVocabulary {
  return {
    format: 'huggingFace',
    tokenizer: { added_tokens: [], ...withNulls(tokenizer) },
    config,
    vocabSize: undefined,
  };
}

/** Hugging Face's own tokenizer of it. */
export function nativeOf(tokenizer: TokenizerJson): Native {
  return Native.fromString(JSON.stringify({ version: '1.0', added_tokens: [], ...withNulls(tokenizer) }));
}

function withNulls(tokenizer: TokenizerJson): object {
  return { normalizer: null, pre_tokenizer: null, post_processor: null, decoder: null, ...tokenizer };
}

/** Enough tokens for words, few enough to be read in no time. */
const FEW = 4000;

/** A byte-level BPE model with the first tokens of a GGUF file. */
export function byteLevelModel({ tokens, merges }: GgufVocabulary): object {
  const ids = new Map(tokens.slice(0, FEW).map((token, id) => [token, id]));
  return {
    type: 'BPE',
    vocab: Object.fromEntries(ids),
    merges: merges?.map((merge) => merge.split(' ')).filter((sides) => ids.has(sides.join(''))),
  };
}

/** A BPE model of characters, with the tokens of a SentencePiece vocabulary: whatever two make a third merge, in its order. */
export function characterModel({ tokens, tokenTypes }: GgufVocabulary, byteFallback: boolean): object {
  const ids = new Map(tokens.map((token, id) => [token, id]));
  const merges = tokens.flatMap((token, id) => (tokenTypes?.[id] === 1 ? splitsOf(token) : []));
  return {
    type: 'BPE',
    unk_token: '<unk>',
    fuse_unk: true,
    byte_fallback: byteFallback,
    vocab: Object.fromEntries(ids),
    merges: merges.filter((sides) => sides.every((side) => ids.has(side))),
  };
}

/** A Unigram model with the same tokens and scores. */
export function unigramModel({ tokens, scores, tokenTypes }: GgufVocabulary, byteFallback: boolean): object {
  // Sixty-fourths add up exactly, so that rows which are as good as each other are so for both.
  const vocab = tokens.map((token, id) => [
    token,
    tokenTypes?.[id] === 1 ? Math.round(64 * ((scores?.[id] ?? 0) / 100 - Math.sin(id))) / 64 : 0,
  ]);
  return { type: 'Unigram', unk_id: 0, byte_fallback: byteFallback, vocab };
}

/** A token into two, in every way. */
function splitsOf(token: string): string[][] {
  const characters = [...token];
  return characters.slice(1).map((_, i) => [characters.slice(0, i + 1).join(''), characters.slice(i + 1).join('')]);
}
