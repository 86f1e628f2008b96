import type { Composition, TokenGroup, TokenKind } from '../shared/composition-api';
import { TOKEN_KINDS } from '../shared/composition-api';
import { printable } from './printable';
import type { Tokenizer } from './tokenizer';

const EXAMPLES = 12;

/** ISO 15924. What is in none of them is `Zyyy`, which stands for no script of its own. */
const SCRIPTS = (
  'Hani Hira Kana Hang Cyrl Grek Arab Hebr Deva Beng Guru Gujr Orya Taml Telu Knda Mlym Sinh Thai Laoo Khmr Mymr Tibt ' +
  'Geor Armn Ethi Cher Cans Mong Syrc Thaa Nkoo Tfng Bopo Yiii Java Runr Copt Goth'
).split(' ');
const IS_SCRIPT = SCRIPTS.map((script) => ({ script, pattern: new RegExp(`\\p{Script=${script}}`, 'u') }));
const UNKNOWN = 'Zyyy';

/** What the tokens of a vocabulary are, by their texts. @param rows ids that the model knows */
export function compositionOf(tokenizer: Tokenizer, rows: number): Composition {
  const kinds = new Map<TokenKind, number[]>();
  const scripts = new Map<string, number[]>();
  for (let id = 0; id < rows; id++) {
    if (!tokenizer.hasText(id)) continue;
    const text = tokenizer.tokenText(id);
    const kind = tokenizer.isControl(id) ? 'control' : kindOfText(text);
    add(kinds, kind, id);
    if (kind === 'script') add(scripts, scriptOf(text), id);
  }
  const group = (ids: readonly number[]): TokenGroup => ({
    count: ids.length,
    examples: spread(ids).map((id) => printable(tokenizer.tokenBytes(id))),
  });
  return {
    tokens: [...kinds.values()].reduce((sum, { length }) => sum + length, 0),
    kinds: TOKEN_KINDS.flatMap((kind) => {
      const ids = kinds.get(kind);
      return ids ? [{ kind, ...group(ids) }] : [];
    }),
    scripts: [...scripts].map(([script, ids]) => ({ script, ...group(ids) })).sort((a, b) => b.count - a.count),
  };
}

/** Of a token that is no control token. @param text U+FFFD stands for bytes that are no character */
export function kindOfText(text: string): Exclude<TokenKind, 'control'> {
  if (text.includes('\uFFFD')) return 'bytes';
  if (/^ ?\p{N}+$/u.test(text)) return 'digits';
  if (!/^ ?[\p{L}\p{M}]+$/u.test(text) || /\p{Ll}\p{Lu}/u.test(text)) return 'code';
  if (!/^ ?[\p{Script=Latin}\p{M}]+$/u.test(text)) return 'script';
  return text.startsWith(' ') ? 'word' : 'fragment';
}

/** ISO 15924 of the first letter that is of another script than Latin. */
export function scriptOf(text: string): string {
  for (const character of text) {
    const found = IS_SCRIPT.find(({ pattern }) => pattern.test(character));
    if (found) return found.script;
  }
  return UNKNOWN;
}

function add<K>(groups: Map<K, number[]>, key: K, id: number): void {
  const ids = groups.get(key);
  if (ids) ids.push(id);
  else groups.set(key, [id]);
}

/** Some of them, at equal distances. */
function spread(ids: readonly number[]): number[] {
  const count = Math.min(EXAMPLES, ids.length);
  return Array.from({ length: count }, (_, i) => ids[Math.floor(((i + 0.5) * ids.length) / count)] as number);
}
