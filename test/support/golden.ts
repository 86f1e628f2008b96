import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Values that PyTorch gives on the embedded model's weights. They lie beside the repository, and not with every clone. */
const folder = new URL('../../../shared/golden/', import.meta.url);

export const hasGoldens = existsSync(folder);

export interface Golden {
  text: string;
  ids: number[];
  /** UTF-16 units. */
  spans: [number, number][];
  /** Natural log; of the token at the index, given all before. */
  logprob: (number | null)[];
  rank: (number | null)[];
  /** Of the distribution after the token. */
  entropy_bits: number[];
  /** After the token: [id, logprob], ten of them. */
  top: [number, number][][];
  sum_logprob: number;
  /** For layers 0, 10, 20 and 29: a head's weights on every key, from the last token. */
  attention_last_query: Record<string, number[][]> | null;
  /** [layer][head] */
  attention_to_first_mean: number[][] | null;
  /** [layer 0..L][position]: five of [id, logprob]. */
  logit_lens?: [number, number][][][];
}

export const GOLDEN_TEXTS = [
  'mouse-en',
  'mouse-en-swapped',
  'mouse-en-broken',
  'raton',
  'raton-cambiado',
  'raton-roto',
  'numbers',
  'fibonacci-python',
  'typescript',
  'emoji-split',
  'chat',
  'one-token',
  'prose-512',
];

export function goldenJson<T = Golden>(name: string): T {
  return JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8'));
}

/** Every attention pattern of a text, [layer, head, query, key]. */
export function goldenAttention(name: string): Float32Array {
  const bytes = readFileSync(fileURLToPath(new URL(`${name}.attention.f32`, folder)));
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}
