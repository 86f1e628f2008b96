/** What a text is likely to be written in. */
export interface DetectedLanguage {
  /** ISO 639-1; empty where nothing is likely. */
  language: string;
  /** How usual its sequences of bytes are in that language, 0 to 1. It is no probability. */
  score: number;
}

export type LanguageDetector = (text: string) => DetectedLanguage;

/**
 * Tells languages by `eld`, which knows 60 and reads the first 1,000 characters. FineWeb has fastText's lid.176 instead, with a
 * score above 0.65. Held to that model, in its small form, on 2,305 texts of 200 to 1,000 characters in 92 languages (translated
 * messages of programs): of the 1,394 that fastText keeps in the languages of eld, 97.7 % have the same language and a score
 * above 0.5. Of 1,508 texts in those languages, eld names 96.6 % as their translators did and fastText 94.2 %. Languages that it
 * does not know it takes for their neighbours: Esperanto, Asturian and Galician for Spanish. And it is as sure of English with
 * code in it as of English, where fastText is not: of 900 parts of READMEs fastText removes 500, and this one 35.
 */
export async function languageDetector(): Promise<LanguageDetector> {
  // Its table takes a second to load, which only those wait for who ask.
  const { eld } = await import('eld/extrasmall');
  return (text) => {
    const detected = eld.detect(text);
    return { language: detected.language, score: detected.getScores()[detected.language] ?? 0 };
  };
}
