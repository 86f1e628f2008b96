import { sentence, VitrineError } from '../../shared/errors';
import { readTestQuestions } from '../filters/contamination/read-test-questions';
import type { TestQuestions } from '../filters/contamination/test-questions';
import type { FilterMaterial } from '../filters/filter';
import { languageDetector } from '../filters/language/language-detector';
import { DocumentText } from '../text/document-text';
import type { FunnelOptions } from './funnel-api';
import type { Rules } from './measure-documents';
import { funnelRules } from './rules';

/** The filters of a preset, which have not seen a document. @throws VitrineError `contamination.questions` */
export async function makeRules(
  { preset, questions }: FunnelOptions,
  signal: AbortSignal,
): Promise<Rules<DocumentText>> {
  const filters = funnelRules(preset).map(({ filter }) => filter);
  const material: FilterMaterial = {
    testQuestions: async () => (questions === undefined ? undefined : questionsOf(questions, signal)),
    languageDetector,
  };
  for (const filter of filters) if (filter.kind === 'document') await filter.prepare?.(material);
  return { filters, textOf: ({ text }) => new DocumentText(text), stringOf: ({ text }) => text };
}

/** It is told apart from what is wrong with the data set itself. */
async function questionsOf(path: string, signal: AbortSignal): Promise<TestQuestions> {
  try {
    return await readTestQuestions(path, signal);
  } catch (error) {
    if (!(error instanceof VitrineError)) throw error;
    const why = error.sentence ?? error.message;
    throw new VitrineError('contamination.questions', sentence`No test questions are looked for. ${why}`, {
      cause: error,
    });
  }
}
