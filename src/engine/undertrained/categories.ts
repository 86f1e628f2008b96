import { setImmediate } from 'node:timers/promises';
import type { Work } from '../../shared/progress';
import { TOKEN_CATEGORIES, type TokenCategory } from '../../shared/undertrained-api';
import type { Tokenizer } from '../../tokenizer';

/** Tokens between two looks at the signal: some milliseconds. */
const BATCH = 256;
/** What stands before a text where a space is put before every text. The second serves where the first joins with it. */
const PREFIXES = ['«', '»'];
const SPACE = 0x20;
/** `[BOS]`, `</s>` and the like. */
const SPECIAL = /^[[<].*\p{L}.*[\]>]$/su;

/** Places in `TOKEN_CATEGORIES` of the ids from 0 on. */
export async function categoriesOf(
  tokenizer: Tokenizer,
  count: number,
  { signal, progress }: Work,
): Promise<Uint8Array> {
  const reencode = reencoder(tokenizer);
  const categories = new Uint8Array(count);
  for (let id = 0; id < count; id++) {
    if (id % BATCH === 0) {
      progress(id, count);
      await setImmediate();
      signal.throwIfAborted();
    }
    categories[id] = TOKEN_CATEGORIES.indexOf(categoryOf(tokenizer, id, reencode));
  }
  progress(count, count);
  return categories;
}

/** As `categorize_token` of magikarp has it. */
function categoryOf(tokenizer: Tokenizer, id: number, reencode: (text: string) => number[]): TokenCategory {
  if (!tokenizer.hasText(id)) return 'NO_TOKEN';
  const text = tokenizer.tokenText(id);
  const ids = reencode(text);
  if (ids.length === 1 && ids[0] === id) return tokenizer.isControl(id) ? 'OK_SPECIAL' : 'OK';
  if (SPECIAL.test(text)) return 'UNREACHABLE_SPECIAL';
  if (text.includes('\uFFFD')) return 'UNDECODEABLE';
  return ids.length === 1 ? 'UNREACHABLE_SINGLE_TOKEN' : 'UNREACHABLE_MULTI_TOKEN';
}

/** Makes tokens of a text as if it stood inside another. */
export function reencoder(tokenizer: Tokenizer): (text: string) => number[] {
  const encode = (text: string) => [...tokenizer.encode(text, { special: true }).ids];
  const [first] = encode('test');
  const putsSpace = first !== undefined && tokenizer.tokenBytes(first)[0] === SPACE;
  if (!putsSpace) return encode;
  const prefixes = PREFIXES.map((text) => ({ text, ids: encode(text) }));
  return (text) => {
    for (const prefix of prefixes) {
      const ids = encode(prefix.text + text);
      if (prefix.ids.every((id, i) => ids[i] === id)) return ids.slice(prefix.ids.length);
    }
    return [];
  };
}
