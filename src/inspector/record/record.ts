import type { Recording } from '../../recording/recording';
import { absence } from '../../shared/capabilities';
import type { ComparedModelInfo } from '../../shared/difference-api';
import type { ModelInfo } from '../../shared/engine-api';
import { sentence, VitrineError } from '../../shared/errors';
import type {
  ComparisonState,
  InspectorState,
  Lenses,
  Runs,
  SymbolSpan,
  Vocabularies,
} from '../../shared/inspector-api';
import type { Work } from '../../shared/progress';
import { type ComparedSources, recordComparison } from './comparison';
import { Steps } from './steps';
import { tracedSubject } from './subject';
import { comparedTexts, recordText } from './texts';
import { recordTrace, traceSteps } from './trace';
import { recordVocabularies } from './vocabularies';
import { recordTokens } from './vocabulary';

/** What is recorded, and whom to ask. */
export interface RecordSources {
  state: InspectorState;
  /** BCP 47. */
  language: string;
  /** English text to the same in that language. */
  translations: Record<string, string>;
  lenses: Lenses;
  runs: Runs;
  vocabularies: Vocabularies;
  symbols: SymbolSpan[];
  /** Where the text can be compared. */
  compared?: ComparedSources | undefined;
}

/** Of the recorded text; texts to compare have the numbers after it. */
const TRACE = 0;
/** Under which the runs of a recording can be cancelled. */
const TASK = 1;
/** What the model is made of, vocabularies, and their tokens; and what is compared. */
const PARTS = 10;

/**
 * Asks for everything that the views may ask of a text, so that they can be shown it without a model.
 *
 * @throws VitrineError `record.nothing` where no text has been read, `capability.absent` where only a server has the vocabulary; the signal's reason where it was stopped.
 */
export async function record(sources: RecordSources, { signal, progress }: Work): Promise<Recording> {
  const { state, language, translations, lenses, runs, vocabularies, symbols } = sources;
  const { model, subject } = state;
  if (!model || !subject?.read) {
    throw new VitrineError('record.nothing', sentence`There is nothing to save yet. Inspect a text first.`);
  }
  // A file holds every token of the vocabulary.
  if (!model.capabilities.hasVocabulary) {
    throw new VitrineError('capability.absent', absence('hasVocabulary', model.name));
  }
  const traced = tracedSubject(state);
  const texts = model.capabilities.hasLogprobs ? comparedTexts(state, translations) : [];
  const steps = new Steps(PARTS + texts.length + (traced ? traceSteps(traced) : 0), signal, progress);
  const cancel = () => void runs.cancel({ task: TASK });
  signal.addEventListener('abort', cancel);
  try {
    const ofText = {
      trace: traced && (await recordTrace({ lenses, runs, subject: traced, state, steps, task: TASK }, model)),
      anatomy: model.capabilities.hasWeights ? await steps.step(() => lenses.anatomy({})) : undefined,
      composition: await steps.step(() => lenses.composition({})),
      tokens: await steps.step(() => recordTokens(lenses, model.vocabSize)),
      vocabularies: await recordVocabularies(vocabularies, state, steps),
    };
    // Last: the engine keeps few traces, and these take the place of the text's own.
    const comparison = await steps.step(() => recordComparison(state.comparison, sources.compared, TASK));
    return {
      language,
      translations,
      state: recordedState({ ...state, comparison: comparison && state.comparison }),
      symbols,
      ...ofText,
      comparison,
      texts: await inTurn(texts, (text) => steps.step(() => recordText(sources, TASK, text))),
    };
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}

function recordedState(state: InspectorState): InspectorState {
  const { subject, model, comparison } = state;
  return {
    ...state,
    reading: { kind: 'ready' },
    model: model && recordedModel(model),
    comparison: comparison && recordedComparisonState(comparison),
    subject: subject && { ...subject, stale: false, read: subject.read && { ...subject.read, trace: TRACE } },
  };
}

function recordedComparisonState(comparison: ComparisonState): ComparisonState {
  const side = ({ label, model }: ComparedModelInfo) => ({
    label: model?.server ? model.name : label,
    model: model && recordedModel(model),
  });
  return { ...comparison, a: side(comparison.a), b: side(comparison.b), reading: { kind: 'ready' }, takesTurns: false };
}

/** Of this machine only what the views show; of a server what it is, and not where: the file may go to anybody. */
function recordedModel({ server, provider, ...model }: ModelInfo): ModelInfo {
  return {
    ...model,
    server: server && { ...server, host: '' },
    provider: server ? server.kind : provider,
    providerNote: { template: '', values: [] },
  };
}

async function inTurn<T, R>(values: readonly T[], work: (value: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const value of values) results.push(await work(value));
  return results;
}
