import { readTestQuestions } from '../filters/contamination/read-test-questions';
import type { FilterMaterial } from '../filters/filter';
import { languageDetector } from '../filters/language/language-detector';
import { DocumentText } from '../text/document-text';
import type { FunnelOptions } from './funnel-api';
import type { Rules } from './measure-documents';
import { funnelRules } from './rules';

/** The filters of a preset, which have not seen a document. @throws VitrineError of a file of questions */
export async function makeRules(
  { preset, questions }: FunnelOptions,
  signal: AbortSignal,
): Promise<Rules<DocumentText>> {
  const filters = funnelRules(preset).map(({ filter }) => filter);
  const material: FilterMaterial = {
    testQuestions: async () => (questions === undefined ? undefined : readTestQuestions(questions, signal)),
    languageDetector,
  };
  for (const filter of filters) if (filter.kind === 'document') await filter.prepare?.(material);
  return { filters, textOf: ({ text }) => new DocumentText(text), stringOf: ({ text }) => text };
}
