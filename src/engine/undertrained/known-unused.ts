import { TOKEN_CATEGORIES } from '../../shared/undertrained-api';
import type { Tokenizer } from '../../tokenizer';
import { dot } from '../directions/principal-component';
import type { Matrix } from './matrix';

/**
 * Families of vocabularies of which magikarp has a list, so that distances are those that it has published: the ids `first`
 * to `last`, where they are what they are in the family.
 */
const FAMILIES: readonly { first: number; last: number; is(tokenizer: Tokenizer, id: number): boolean }[] = [
  // GPT-2 and the vocabularies after it: the bytes F5 to FF.
  { first: 177, last: 187, is: (tokenizer, id) => byteOf(tokenizer, id) === id - 177 + 0xf5 },
  // Gemma.
  { first: 7, last: 105, is: (tokenizer, id) => /^<unused\d+>$/.test(tokenizer.tokenText(id)) },
  // GPT-NeoX, whose bytes are only those of its texts, and this one.
  { first: 173, last: 173, is: (tokenizer, id) => byteOf(tokenizer, id) === 0xf1 },
];

/** Tokens that makers of a vocabulary keep for later. */
const RESERVED = /^[[<]\|?(unused|pad|reserved|extra|dummy|mask|placeholder)\w*\d+\|?[\]>]$/i;
const SINGLE = TOKEN_CATEGORIES.indexOf('UNREACHABLE_SINGLE_TOKEN');

/** Cosine distance of rows that differ only by rounding. */
const SAME = 1e-4;
/** So many control tokens are compared with each other, and so few alike could be chance. */
const MOST_COMPARED = 512;
const FEWEST_ALIKE = 3;

/**
 * Ids that no text of a training can have had, ascending: those of the family's list, else bytes that are in no UTF-8, tokens
 * kept for later, bytes for which there is another token, and rows without a token; where there are none of these, control
 * tokens whose rows have become the same, as only those do that neither stood in a text nor came next in one.
 *
 * @param categories of the ids from 0 on
 */
export function knownUnused(tokenizer: Tokenizer, unembedding: Matrix, categories: Uint8Array): Uint32Array {
  const family = FAMILIES.find(
    ({ first, last, is }) => last < categories.length && idsFrom(first, last).every((id) => is(tokenizer, id)),
  );
  if (family) return Uint32Array.from(idsFrom(family.first, family.last));
  const ids = idsFrom(0, categories.length - 1);
  const unused = ids.filter((id) => isUnused(tokenizer, id, categories[id]));
  if (unused.length > 0) return Uint32Array.from(unused);
  return Uint32Array.from(
    alike(
      ids.filter((id) => tokenizer.isControl(id)),
      unembedding,
    ),
  );
}

function isUnused(tokenizer: Tokenizer, id: number, category: number | undefined): boolean {
  if (!tokenizer.hasText(id)) return true;
  const byte = byteOf(tokenizer, id);
  if (byte === undefined) return RESERVED.test(tokenizer.tokenText(id));
  return byte < 0x80 ? category === SINGLE : byte === 0xc0 || byte === 0xc1 || byte >= 0xf5;
}

/** Undefined of a token that is not one byte. */
export function byteOf(tokenizer: Tokenizer, id: number): number | undefined {
  const bytes = tokenizer.tokenBytes(id);
  return bytes.length === 1 ? bytes[0] : undefined;
}

/** The most of some tokens whose rows are the same. */
function alike(all: readonly number[], matrix: Matrix): readonly number[] {
  const ids = all.slice(0, MOST_COMPARED);
  const rows = ids.map((id) => matrix.meanOf([id]));
  const groups = rows.map((row) => ids.filter((_, i) => distance(row, rows[i] as Float64Array) < SAME));
  const largest = groups.reduce((best, group) => (group.length > best.length ? group : best), []);
  return largest.length < FEWEST_ALIKE ? [] : largest;
}

const distance = (a: Float64Array, b: Float64Array): number => 1 - dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));

const idsFrom = (first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, i) => first + i);
