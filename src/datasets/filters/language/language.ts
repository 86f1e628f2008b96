import { sentence } from '../../../shared/errors';
import type { DocumentText } from '../../text/document-text';
import { SHARE } from '../document-filter';
import type { DocumentFilter, FilterMaterial } from '../filter';
import type { DetectedLanguage, LanguageDetector } from './language-detector';
import { languageNumber } from './language-number';

/** Documents in other languages than these. @param languages ISO 639-1 */
export function language(languages: readonly string[]): DocumentFilter<DocumentText> {
  let detect: LanguageDetector | undefined;
  return {
    kind: 'document',
    name: 'language',
    title: sentence`Language`,
    why: sentence`FineWeb keeps one language at a time, by fastText; here a smaller detector reads the first 350 bytes of words. A model learns little of a language from a few stray documents, and other rules, which know the words of one language, misjudge them.`,
    measures: [
      {
        name: 'language_score',
        removes: 'below',
        threshold: 0.5,
        ...SHARE,
        title: sentence`How much it is like the language`,
        why: sentence`0 where another language is likelier. At 0.5 nearly all stays that fastText keeps at FineWeb's 0.65; English with code in it stays too, where fastText is stricter.`,
      },
    ],
    tellsLanguage: true,
    async prepare({ languageDetector }: FilterMaterial) {
      detect = languageDetector();
    },
    measure({ text }, numbers, at) {
      const found = detect?.(text);
      numbers[at] = found ? scoreIn(languages, found) : Number.NaN;
      numbers[at + 1] = languageNumber(found?.language ?? '');
    },
    spans: () => [],
  };
}

const scoreIn = (languages: readonly string[], { language, score }: DetectedLanguage) =>
  languages.includes(language) ? score : 0;
