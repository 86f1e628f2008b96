import { sentence } from '../../shared/errors';
import { HashSet } from '../duplicates/hash-set';
import { contamination } from '../filters/contamination/contamination';
import { readTestQuestions, type TestQuestions } from '../filters/contamination/test-questions';
import type { DocumentFilter } from '../filters/filter';
import { type DetectedLanguage, language, languageDetector } from '../filters/language';
import { personalData } from '../filters/pii/personal-data';
import { PRESETS, type PresetRule } from '../presets';
import { DocumentText } from '../text/document-text';
import { bitsPerByteFilter } from './bits-per-byte';
import type { FunnelOptions } from './funnel-api';
import type { Rules } from './measure-documents';
import { readable } from './readable';

/** Of presets for one language. */
const LANGUAGES: Readonly<Record<string, readonly string[]>> = { fineweb: ['en'], spanish: ['es'] };

/** What some filters take a moment to load, or read from a file. */
interface Tools {
  detect(text: string): DetectedLanguage;
  questions: TestQuestions | undefined;
}

/** For whoever only says what rules there are. */
const NO_TOOLS: Tools = { detect: () => ({ language: '', score: Number.NaN }), questions: undefined };

/** The rules of a preset in their order, among those that every preset has: on where they can be, or to be switched on. */
export function funnelRules(preset: string, { detect, questions }: Tools = NO_TOOLS): PresetRule[] {
  const own = PRESETS.find(({ name }) => name === preset)?.rules() ?? [];
  const languages = LANGUAGES[preset];
  return [
    {
      filter: readable,
      thresholds: { unreadable: 0 },
      why: sentence`On in every preset: what cannot be read is no example of anything.`,
    },
    ...(languages ? [languageRule(languages, detect)] : []),
    ...own,
    {
      filter: questions ? contamination(questions) : withoutQuestions(),
      thresholds: { contaminated: 0 },
      why: sentence`On where a file of questions is chosen.`,
    },
    {
      filter: personalData(),
      thresholds: {},
      why: sentence`Off: FineWeb keeps such documents and replaces the addresses.`,
    },
    {
      filter: bitsPerByteFilter,
      thresholds: {},
      why: sentence`Off until a model is asked to read the documents that all other rules let through.`,
    },
  ];
}

/** The filters of a preset, which have not seen a document. @throws VitrineError where the questions cannot be read */
export async function makeRules(
  { preset, questions }: FunnelOptions,
  signal: AbortSignal,
): Promise<Rules<DocumentText>> {
  const tools = {
    detect: LANGUAGES[preset] ? await languageDetector() : NO_TOOLS.detect,
    questions: questions === undefined ? undefined : await readTestQuestions(questions, signal),
  };
  return {
    filters: funnelRules(preset, tools).map(({ filter }) => filter),
    textOf: ({ text }) => new DocumentText(text),
  };
}

function languageRule(languages: readonly string[], detect: Tools['detect']): PresetRule {
  return {
    filter: language(languages, detect),
    thresholds: { language_score: 0.5 },
    why: sentence`As FineWeb has it, by a smaller detector with a threshold of its own.`,
  };
}

/** It measures nothing, and so passes everything. */
function withoutQuestions(): DocumentFilter<DocumentText> {
  const filter = contamination({ questions: 0, short: 0, sequences: new HashSet() });
  return { ...filter, measure: () => {} };
}
