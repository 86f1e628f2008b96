import { checkModelFile } from '../../model/model-file';
import type { FoundModel } from './find-models';

/**
 * Why some of the models cannot be opened, as far as their files' headers say.
 *
 * @param signal ends the search, whose result nobody waits for then
 */
export async function checkModels(
  models: readonly FoundModel[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<FoundModel, unknown>> {
  const refusals = new Map<FoundModel, unknown>();
  for (const model of models) {
    if (signal?.aborted) break;
    try {
      await checkModelFile(model.path);
    } catch (error) {
      refusals.set(model, error);
    }
  }
  return refusals;
}
