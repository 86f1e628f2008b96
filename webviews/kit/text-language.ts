/** Enough of a long text to tell its language by. */
const LOOKED_AT = 4000;

/**
 * Scripts by their Unicode names, with the languages (ISO 639-1) that are written in them, and the ISO 15924 code of those
 * that go by the script's name since they are several. A text with some kana is Japanese, though the half of it may be Han.
 */
const SCRIPTS: readonly { name: string; languages: readonly string[]; code?: string; least?: number }[] = [
  { name: 'Hiragana', languages: ['ja'], least: 0.1 },
  { name: 'Katakana', languages: ['ja'], least: 0.1 },
  { name: 'Han', languages: ['zh', 'ja'] },
  { name: 'Hangul', languages: ['ko'] },
  { name: 'Cyrillic', languages: ['ru', 'uk', 'be', 'bg', 'sr', 'mk', 'kk', 'ky', 'mn', 'tg'], code: 'Cyrl' },
  { name: 'Arabic', languages: ['ar', 'fa', 'ur', 'ps', 'ug'], code: 'Arab' },
  { name: 'Devanagari', languages: ['hi', 'mr', 'ne', 'sa'], code: 'Deva' },
  { name: 'Bengali', languages: ['bn', 'as'], code: 'Beng' },
  { name: 'Greek', languages: ['el'] },
  { name: 'Hebrew', languages: ['he', 'yi'], code: 'Hebr' },
  { name: 'Tamil', languages: ['ta'] },
  { name: 'Thai', languages: ['th'] },
  { name: 'Georgian', languages: ['ka'] },
  { name: 'Armenian', languages: ['hy'] },
];

/** Small words that are frequent in one language and that the others beside it do not have. */
const SMALL_WORDS: Readonly<Record<string, readonly string[]>> = {
  en: ['the', 'of', 'and', 'to', 'is', 'that', 'was', 'with', 'it', 'for', 'this', 'his', 'are', 'from'],
  es: ['el', 'los', 'las', 'y', 'por', 'con', 'una', 'del', 'es', 'pero', 'muy', 'su', 'más', 'qué'],
  pt: ['o', 'os', 'as', 'do', 'da', 'não', 'com', 'uma', 'ao', 'mais', 'em', 'seu', 'você', 'são'],
  fr: ['le', 'les', 'des', 'et', 'est', 'dans', 'du', 'pour', 'une', 'pas', 'sur', 'avec', 'il', 'ce'],
  it: ['il', 'gli', 'di', 'è', 'che', 'per', 'non', 'della', 'sono', 'nel', 'più', 'alla', 'ha', 'anche'],
  de: ['der', 'die', 'das', 'und', 'ist', 'nicht', 'ein', 'eine', 'den', 'mit', 'von', 'zu', 'sich', 'auf'],
};

/** As words stand in prose; names in code mostly do not. */
const WORD = /(?<![^\s¿¡“"(])\p{L}+(?=[.,;:!?”")]*(?:\s|$))/gu;

/** So many small words, and so large a share of all words, make a language certain. */
const LEAST_WORDS = 2;
const LEAST_SHARE = 0.1;

/** What a text is certainly written in: languages that it may be, and how to name them all, as a language or as a script. */
export interface TextLanguage {
  /** ISO 639-1. */
  languages: readonly string[];
  type: 'language' | 'script';
  /** ISO 639-1 of a language, ISO 15924 of a script. */
  code: string;
}

/** The language of a text by its script or by its small words; undefined where neither makes it certain. */
export function languageOf(text: string): TextLanguage | undefined {
  const start = text.slice(0, LOOKED_AT);
  return scriptOf(start) ?? latinLanguageOf(start);
}

function scriptOf(text: string): TextLanguage | undefined {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const share = (name: string) => (text.match(new RegExp(`\\p{Script=${name}}`, 'gu'))?.length ?? 0) / letters;
  const found = SCRIPTS.find(({ name, least = 0.5 }) => share(name) > least);
  if (!found) return undefined;
  const { languages, code } = found;
  return code ? { languages, type: 'script', code } : { languages, type: 'language', code: languages[0] ?? '' };
}

function latinLanguageOf(text: string): TextLanguage | undefined {
  const words = text.toLowerCase().match(WORD) ?? [];
  const count = (code: string) => words.filter((word) => SMALL_WORDS[code]?.includes(word)).length;
  const [best, second] = Object.keys(SMALL_WORDS)
    .map((code) => ({ code, count: count(code) }))
    .sort((one, other) => other.count - one.count);
  if (!best || !second || best.count < Math.max(LEAST_WORDS, LEAST_SHARE * words.length, 2 * second.count + 1))
    return undefined;
  return { languages: [best.code], type: 'language', code: best.code };
}
