import { sentence } from '../../../shared/errors';
import type { DocumentText } from '../../text/document-text';
import { documentFilter, SHARE } from '../document-filter';
import type { DocumentFilter, FilterMaterial } from '../filter';
import type { DetectedLanguage, LanguageDetector } from './language-detector';

/** Documents in other languages than these. @param languages ISO 639-1 */
export function language(languages: readonly string[]): DocumentFilter<DocumentText> {
  let detect: LanguageDetector | undefined;
  const filter = documentFilter(
    {
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
          value: (found: DetectedLanguage | undefined) => {
            if (!found) return Number.NaN;
            return languages.includes(found.language) ? found.score : 0;
          },
          spans: () => [],
        },
      ],
    },
    ({ text }) => detect?.(text),
  );
  const prepare = async ({ languageDetector }: FilterMaterial) => {
    detect = languageDetector();
  };
  return { ...filter, prepare };
}
