import { classOf, codePointAt, LETTER, NUMBER, runEnd } from '../unicode/character-class';
import { contractionEnd, spacesEnd, symbolsEnd } from './parts';
import type { Split } from './split';

const BLANK = 0x20;

/**
 * GPT-2's regex: `'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`
 * (openai/tiktoken, tiktoken_ext/openai_public.py: gpt2, r50k_base, p50k_base).
 */
export const gpt2: Split = (units, from, end) => {
  const contraction = contractionEnd(units, from, end);
  if (contraction > from) return contraction;
  const start = units[from] === BLANK && from + 1 < end ? from + 1 : from;
  const first = classOf(codePointAt(units, start, end));
  if (first & LETTER) return runEnd(units, start, end, LETTER);
  if (first & NUMBER) return runEnd(units, start, end, NUMBER);
  const symbols = symbolsEnd(units, from, end);
  return symbols > from ? symbols : spacesEnd(units, from, end);
};
