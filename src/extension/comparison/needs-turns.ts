import { defaultModelPath } from '../../../models/catalogue';
import { availableMemory } from '../../model/cache/available-memory';
import { reportOnModel } from '../../model/model-report';
import { MODEL_OF_SETTINGS } from '../engine/model-choice';
import { type ComparedChoice, engineChoiceOf } from './choice';

/**
 * Whether memory does not hold both models: then one makes room before the other reads.
 *
 * @param isLoaded whether A has its memory already
 */
export async function needsTurns(choice: ComparedChoice, isLoaded: boolean): Promise<boolean> {
  const engine = engineChoiceOf(choice);
  if (!engine) return false;
  const forms = [engine.current(), ...(isLoaded ? [] : [MODEL_OF_SETTINGS.current()])];
  const needs = await Promise.all(
    // What cannot be opened says so when it is loaded.
    forms.map(async ({ path, weights }) => (await reportOnModel(path ?? defaultModelPath(), weights)).memoryBytes ?? 0),
  );
  return needs.reduce((sum, bytes) => sum + bytes, 0) > (await availableMemory());
}
