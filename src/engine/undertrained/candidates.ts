import { TOKEN_CATEGORIES, type TokenCategory, type UndertrainedToken } from '../../shared/undertrained-api';
import type { Tokenizer } from '../../tokenizer';
import { byteOf } from './known-unused';

const SHARE = 0.02;
const OK = TOKEN_CATEGORIES.indexOf('OK');
/** `<pad>` and the like, also where it can be written. */
const SPECIAL = /^[[<].*[a-z].*[\]>]$/is;

/** What 2 % of the tokens that text can become are at or below, between two of them in proportion, as numpy's `percentile`. */
export function thresholdOf(values: Float32Array, categories: Uint8Array): number {
  const sorted = sortedOk(values, categories);
  const at = SHARE * (sorted.length - 1);
  const [below, above] = [sorted[Math.floor(at)] ?? Number.NaN, sorted[Math.ceil(at)] ?? Number.NaN];
  return below + (above - below) * (at - Math.floor(at));
}

/** The least trained first. */
export function candidatesOf(
  tokenizer: Tokenizer,
  values: Float32Array,
  categories: Uint8Array,
  threshold: number,
): UndertrainedToken[] {
  const sorted = sortedOk(values, categories);
  const ids = [...categories.keys()].filter(
    (id) => categories[id] === OK && (values[id] as number) <= threshold && !isNoNews(tokenizer, id),
  );
  return ids
    .map((id) => {
      const indicator = values[id] as number;
      return {
        id,
        text: tokenizer.tokenText(id),
        indicator,
        category: TOKEN_CATEGORIES[categories[id] as number] as TokenCategory,
        percentile: sorted.indexOf(indicator) / sorted.length,
      };
    })
    .sort((a, b) => a.indicator - b.indicator);
}

const isNoNews = (tokenizer: Tokenizer, id: number): boolean =>
  byteOf(tokenizer, id) !== undefined || SPECIAL.test(tokenizer.tokenText(id));

const sortedOk = (values: Float32Array, categories: Uint8Array): Float32Array =>
  values.filter((_, id) => categories[id] === OK).sort();
