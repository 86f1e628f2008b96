import { Tokenizer } from 'tokenizers';
import type { GgufVocabulary } from '../../src/shared/tokens';

/**
 * Hugging Face's own tokenizers, made from the vocabulary of a GGUF file: what our ids have to equal.
 * The pre-tokenizers are those of the models' tokenizer.json files (default and falcon: of llama.cpp).
 */

const BYTES = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: false };
const GPT2_BYTES = { ...BYTES, use_regex: true };
const DIGITS = { type: 'Digits', individual_digits: true };
const GPT2 = isolated("'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+");
const CJK = isolated('[一-龥ࠀ-一가-퟿]+');
const CASED_LETTERS =
  'A-Za-zµÀ-ÖØ-öø-ƺƼ-ƿǄ-ʓʕ-ʯͰ-ͳͶͷͻ-ͽͿΆΈ-ΊΌΎ-ΡΣ-ϵϷ-ҁҊ-ԯԱ-ՖႠ-ჅᎠ-Ᏽᏸ-ᏽᲐ-ᲺᲽ-Ჿᴀ-ᴫᵫ-ᵷᵹ-ᶚḀ-ἕἘ-Ἕἠ-ὅὈ-Ὅὐ-ὗὙὛὝὟ-ώᾀ-ᾴᾶ-ᾼιῂ-ῄῆ-ῌῐ-ΐῖ-Ίῠ-Ῥῲ-ῴῶ-ῼℂℇℊ-ℓℕℙ-ℝℤΩℨK-ℭℯ-ℴℹℼ-ℿⅅ-ⅉⅎↃↄⰀ-ⱻⱾ-ⳤⳫ-ⳮⳲⳳꙀ-ꙭꚀ-ꚛꜢ-ꝯꝱ-ꞇꞋ-ꞎꭰ-ꮿﬀ-ﬆﬓ-ﬗＡ-Ｚａ-ｚ𐐀-𐑏𐒰-𐓓𐓘-𐓻𐲀-𐲲𐳀-𐳲𑢠-𑣟𞤀-𞥃';

/** Whose tokenizer.json has a normalizer (transformers: GPTNeoXTokenizer, CohereTokenizer, Qwen2Tokenizer, Qwen3_5Tokenizer). */
const NORMALIZING = new Set(['mpt', 'olmo', 'command-r', 'qwen2', 'qwen35']);

export const PRE_TOKENIZERS: Record<string, object[]> = {
  default: [isolated('[\\p{P}\\$\\+<=>\\^~\\|]+'), GPT2, isolated('\\p{N}+'), isolated('[0-9][0-9][0-9]'), BYTES],
  'gpt-2': [GPT2_BYTES],
  mpt: [GPT2_BYTES],
  olmo: [GPT2_BYTES],
  'llama-bpe': cl100k('{1,3}', '\\p{L}'),
  'smaug-bpe': cl100k('{1,3}', '\\p{L}'),
  dbrx: cl100k('{1,3}', '\\p{L}'),
  smollm: [DIGITS, GPT2_BYTES],
  starcoder: [DIGITS, GPT2_BYTES],
  refact: [DIGITS, GPT2_BYTES],
  'command-r': [DIGITS, GPT2_BYTES],
  qwen2: cl100k('', '\\p{L}'),
  stablelm2: cl100k('', '\\p{L}'),
  qwen35: cl100k('', '\\p{L}\\p{M}'),
  'deepseek-llm': [
    isolated('[\\r\\n]'),
    isolated(`\\s?[${CASED_LETTERS}]+`),
    isolated('\\s?[!-/:-~！-／：-～‘-‟　-。]+'),
    isolated('\\s+$'),
    CJK,
    isolated('\\p{N}+'),
    BYTES,
  ],
  'deepseek-coder': [
    isolated('[\\r\\n]'),
    isolated('\\s?\\p{L}+'),
    isolated('\\s?\\p{P}+'),
    CJK,
    isolated('\\p{N}'),
    BYTES,
  ],
  'deepseek-v3': [
    isolated('\\p{N}{1,3}'),
    isolated('[一-龥぀-ゟ゠-ヿ]+'),
    isolated(
      '[!"#$%&\'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+|[^\r\n\\p{L}\\p{P}\\p{S}]?[\\p{L}\\p{M}]+| ?[\\p{P}\\p{S}]+[\r\n]*|\\s*[\r\n]+|\\s+(?!\\S)|\\s+',
    ),
    BYTES,
  ],
  'gpt-4o': [
    isolated(
      "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?|[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]+[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
    ),
    BYTES,
  ],
  falcon: [isolated('[\\p{P}\\$\\+<=>\\^~\\|`]+'), GPT2, isolated('[0-9][0-9][0-9]'), BYTES],
};

/** A byte-level BPE tokenizer. With `special`, it recognises the control tokens. */
export function nativeByteLevel(vocabulary: GgufVocabulary, pre: string, special: boolean): Tokenizer {
  const controls = vocabulary.tokens.flatMap((content, id) =>
    vocabulary.tokenTypes?.[id] === 3 ? [{ id, content }] : [],
  );
  return fromJson({
    added_tokens: special ? controls.map((token) => ({ ...token, ...ADDED })) : [],
    normalizer: NORMALIZING.has(pre) ? { type: 'NFC' } : null,
    pre_tokenizer: { type: 'Sequence', pretokenizers: PRE_TOKENIZERS[pre] },
    model: {
      type: 'BPE',
      ignore_merges: pre === 'llama-bpe' || pre === 'gpt-4o',
      vocab: Object.fromEntries(vocabulary.tokens.map((token, id) => [token, id])),
      merges: vocabulary.merges?.map((merge) => merge.split(' ')),
    },
  });
}

/**
 * A SentencePiece tokenizer as the converters of tokenizer.json write it: every way to split a token into two others
 * is a merge, those of the best score first.
 */
export function nativeSentencePiece(vocabulary: GgufVocabulary): Tokenizer {
  const ids = new Map(vocabulary.tokens.map((token, id) => [token, id]));
  const byScore = vocabulary.tokens
    .map((token, id) => ({ token, score: vocabulary.scores?.[id] ?? 0 }))
    .filter((_, id) => vocabulary.tokenTypes?.[id] === 1)
    .sort((a, b) => b.score - a.score);
  const merges = byScore.flatMap(({ token }) => {
    const characters = [...token];
    return characters
      .slice(1)
      .map((_, i) => [characters.slice(0, i + 1).join(''), characters.slice(i + 1).join('')])
      .filter(([left = '', right = '']) => ids.has(left) && ids.has(right));
  });
  return fromJson({
    normalizer: {
      type: 'Sequence',
      normalizers: [
        { type: 'Prepend', prepend: '▁' },
        { type: 'Replace', pattern: { String: ' ' }, content: '▁' },
      ],
    },
    model: {
      type: 'BPE',
      unk_token: '<unk>',
      byte_fallback: true,
      fuse_unk: true,
      vocab: Object.fromEntries(ids),
      merges,
    },
  });
}

/** The ids that a native tokenizer gives to each text. */
export async function nativeIds(tokenizer: Tokenizer, texts: string[]): Promise<number[][]> {
  const encodings = await tokenizer.encodeBatch(texts, { addSpecialTokens: false });
  return encodings.map((encoding) => encoding.getIds());
}

const ADDED = { single_word: false, lstrip: false, rstrip: false, normalized: false, special: true };

function fromJson(parts: object): Tokenizer {
  return Tokenizer.fromString(JSON.stringify({ version: '1.0', added_tokens: [], ...parts }));
}

function isolated(regex: string): object {
  return { type: 'Split', pattern: { Regex: regex }, behavior: 'Isolated', invert: false };
}

function cl100k(digits: string, word: string): object[] {
  const regex = `(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?[${word}]+|\\p{N}${digits}| ?[^\\s${word}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+`;
  return [isolated(regex), BYTES];
}
