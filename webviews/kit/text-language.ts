/** Enough of a long text to tell its language by. */
const LOOKED_AT = 4000;

/** Scripts by their Unicode names and ISO 15924 codes, with the languages (ISO 639-1) that are written in them. */
const SCRIPTS = [
  { name: 'Cyrillic', code: 'Cyrl', languages: ['ru', 'uk', 'be', 'bg', 'sr', 'mk', 'kk', 'ky', 'mn', 'tg'] },
  { name: 'Greek', code: 'Grek', languages: ['el'] },
  { name: 'Hebrew', code: 'Hebr', languages: ['he', 'yi'] },
  { name: 'Arabic', code: 'Arab', languages: ['ar', 'fa', 'ur', 'ps', 'ug', 'ckb'] },
  { name: 'Devanagari', code: 'Deva', languages: ['hi', 'mr', 'ne', 'sa'] },
  { name: 'Bengali', code: 'Beng', languages: ['bn', 'as'] },
  { name: 'Tamil', code: 'Taml', languages: ['ta'] },
  { name: 'Thai', code: 'Thai', languages: ['th'] },
  { name: 'Georgian', code: 'Geor', languages: ['ka'] },
  { name: 'Armenian', code: 'Armn', languages: ['hy'] },
  { name: 'Hangul', code: 'Hang', languages: ['ko'] },
  { name: 'Hiragana', code: 'Jpan', languages: ['ja'] },
  { name: 'Katakana', code: 'Jpan', languages: ['ja'] },
  { name: 'Han', code: 'Hani', languages: ['zh', 'ja'] },
] as const;

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

/** Kana makes a text Japanese, of which Han alone may not be the half. */
function scriptOf(text: string): TextLanguage | undefined {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const share = (name: string) => (text.match(new RegExp(`\\p{Script=${name}}`, 'gu'))?.length ?? 0) / letters;
  const found = SCRIPTS.find(({ name, code }) => share(name) > (code === 'Jpan' ? 0.1 : 0.5));
  return found && { languages: found.languages, type: 'script', code: found.code };
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
