import type { LanguageCount } from '../../shared/filters-api';
import { languageOfNumber } from '../filters/language/language-number';
import { type Decided, type Measured, pieces } from './decide';

/** The languages of the documents that go for being in another than is wanted, the most frequent first. */
export function languagesOf({ columns, numbers, modelNumber }: Measured, { reasons }: Decided): LanguageCount[] {
  const { language } = columns;
  if (!language) return [];
  const isReason = [false, ...columns.measures.map(({ filter }) => filter === language.filter)];
  const counts = new Map<string, number>();
  for (const { from, values } of pieces(numbers, language.column, modelNumber)) {
    for (let i = 0; i < values.length; i++) {
      if (!isReason[reasons[from + i] as number]) continue;
      const code = languageOfNumber(values[i] as number);
      counts.set(code, (counts.get(code) ?? 0) + 1);
    }
  }
  return Array.from(counts, ([language, documents]) => ({ language, documents })).sort(
    (a, b) => b.documents - a.documents,
  );
}
