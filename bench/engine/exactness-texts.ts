import { readFileSync } from 'node:fs';
import type { Tokenizer } from '../../src/tokenizer';

/** The first tokens of prose, of code, and of random words. */
export function exactnessTexts(
  tokenizer: Tokenizer,
  tokens: number,
): Record<'prose' | 'code' | 'random words', Uint32Array> {
  const prose = readFileSync('models/LICENSE-Apache-2.0.txt', 'utf8').trim().split(/\s+/);
  const code = readFileSync('bench/peers/checkpoint.py', 'utf8');
  const words = prose.filter((word) => /^[a-z]+$/.test(word));
  const random = Array.from({ length: tokens }, (_, i) => words[(i * i * 7919) % words.length]);
  const first = (text: string) => tokenizer.encode(text).ids.subarray(0, tokens);
  return { prose: first(prose.join(' ')), code: first(code), 'random words': first(random.join(' ')) };
}
