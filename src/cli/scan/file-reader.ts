import { join } from 'node:path';
import { defaultModelPath } from '../../../models/catalogue';
import { render } from '../../display/sentences';
import { cacheFolder } from '../../model/cache/folder';
import { type CompiledBefore, compiledBefore } from '../../model/compiled-before';
import type { ModelInfo } from '../../shared/engine-api';
import type { Progress } from '../../shared/progress';
import { createTokenizer } from '../../tokenizer';
import { type FileModel, modelKeyOf, readingLimitsOf } from '../../workspace/file-model';
import type { FileReader } from '../../workspace/score-file';
import { TokenStore } from '../../workspace/token-store';
import { compiledModels } from '../compiled-models';
import { warn } from '../output';
import { refuseAbsent } from '../served/capabilities';
import { isServed } from '../served/served-options';
import { type Load, type LoadedModel, type ModelOptions, STEP } from '../session';

/** What says whose numbers are printed. */
export type ReadingModel = Omit<CompiledBefore, 'vocabulary'> & Pick<ModelInfo, 'server'>;

/**
 * Files as a model reads them, with what it has found before, which lies beside the compiled models. A model that was
 * compiled before is loaded when the first text is to be read, and where all are known it never is; a server is asked at once
 * which model it has.
 */
export async function openFileReader(
  options: ModelOptions,
  load: Load,
): Promise<{ model: ReadingModel; reader: FileReader }> {
  let loading: Promise<LoadedModel> | undefined;
  let told: Progress = () => {};
  const loaded = () => {
    loading ??= load(options, undefined, (done, total) => told(done, total));
    return loading;
  };
  const { vocabulary, ...model }: ReadingModel & Pick<CompiledBefore, 'vocabulary'> =
    (await knownModel(options)) ?? (await loadedModel(loaded));
  const key = modelKeyOf(model);
  const store = await TokenStore.open({ folder: join(cacheFolder(), 'results'), model: key });
  const score: FileModel['score'] = async (ids, _signal, progress = () => {}) => {
    const { engine } = await loaded();
    // Of several texts at once nobody could tell whose it is.
    if (!model.server) told = progress;
    return engine.scoreInBackground({ task: STEP, ids: [...ids] });
  };
  const own = { label: model.name, key, tokenizer: createTokenizer(vocabulary), score };
  return { model, reader: { store, model: { ...own, ...readingLimitsOf(model) } } };
}

async function knownModel(options: ModelOptions): Promise<CompiledBefore | undefined> {
  if (isServed(options)) return undefined;
  const { model = defaultModelPath(), adapter, weights } = options;
  return compiledBefore(model, { adapter, cache: compiledModels(), ...(weights && { weights }) });
}

async function loadedModel(
  loaded: () => Promise<LoadedModel>,
): Promise<ReadingModel & Pick<CompiledBefore, 'vocabulary'>> {
  const { engine, model } = await loaded();
  refuseAbsent(model, { hasLogprobs: true, hasVocabulary: true });
  const { name, sha256, approximation, contextLength, server } = model;
  return { name, sha256, approximation, contextLength, server, vocabulary: await engine.vocabulary({}) };
}

/** Says so where results could not be kept. */
export function warnOfStore({ store }: FileReader): void {
  if (store.trouble) warn(render(store.trouble));
}
