import type { AskedStorage } from '../shared/request-fields';
import { createTokenizerInSlices, inSlices } from '../tokenizer';
import { availableMemory } from './cache/available-memory';
import type { Checkpoint } from './checkpoint/checkpoint';
import { checkpointOf } from './checkpoint/open';
import { type CheckpointSummary, checkpointSummary } from './checkpoint/summary';
import { compiledFormOf } from './compiled-form';
import { modelFileOf } from './model-file';
import { refuseOtherVocabulary } from './vocabulary-fits';

/** What the headers of a model say of it to whoever chooses one. */
export interface ModelReport {
  /** Undefined where they cannot be read. */
  summary?: CheckpointSummary;
  /** What it takes to compile and load it, about; undefined where it cannot be opened. */
  memoryBytes?: number;
  /** Why it cannot be opened, as far as the headers tell; undefined where it can. */
  refusal?: unknown;
}

/**
 * Looks at a model in slices of 8 ms, for a thread that may not be held up. No weight is read and no engine starts.
 *
 * @param asked how a person wants matrices kept
 */
export async function reportOnModel(path: string, asked: AskedStorage): Promise<ModelReport> {
  const report: ModelReport = {};
  let checkpoint: Checkpoint | undefined;
  try {
    checkpoint = await inSlices(checkpointOf(path));
    report.summary = checkpointSummary(checkpoint);
    const { vocabulary, config, specs } = await inSlices(modelFileOf(checkpoint));
    refuseOtherVocabulary(path, await createTokenizerInSlices(vocabulary), config);
    report.memoryBytes = (await compiledFormOf(checkpoint, specs, asked)).memoryBytes;
  } catch (error) {
    report.refusal = error;
  } finally {
    checkpoint?.close();
  }
  return report;
}

/**
 * Finds out from the headers whether an adapter fits a model.
 *
 * @throws VitrineError in a sentence, where it does not or is none
 */
export async function checkAdapter(path: string, adapter: string): Promise<void> {
  const checkpoint = await inSlices(checkpointOf(path, adapter));
  checkpoint.close();
}

/**
 * Whether memory holds these models at once, beside what it has already. One that cannot be opened takes none: it says so when
 * it is loaded.
 */
export async function fitTogether(models: readonly { path: string; weights: AskedStorage }[]): Promise<boolean> {
  const reports = await Promise.all(models.map(({ path, weights }) => reportOnModel(path, weights)));
  return reports.reduce((sum, { memoryBytes = 0 }) => sum + memoryBytes, 0) <= (await availableMemory());
}
