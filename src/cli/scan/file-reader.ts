import { join } from 'node:path';
import { render } from '../../display/sentences';
import type { Engine } from '../../engine/client';
import { cacheFolder } from '../../model/cache/folder';
import type { ModelInfo } from '../../shared/engine-api';
import { createTokenizer } from '../../tokenizer';
import { modelKeyOf } from '../../workspace/file-model';
import type { FileReader } from '../../workspace/score-file';
import { TokenStore } from '../../workspace/token-store';
import { warn } from '../output';
import { STEP } from '../session';

/** Files as a loaded model reads them, with what it has found before, which lies beside the compiled models. */
export async function openFileReader(engine: Engine, model: ModelInfo): Promise<FileReader> {
  const key = modelKeyOf(model);
  const store = await TokenStore.open({ folder: join(cacheFolder(), 'results'), model: key });
  return {
    store,
    model: {
      label: model.name,
      key,
      tokenizer: createTokenizer(await engine.vocabulary({})),
      contextLength: model.contextLength,
      score: (ids) => engine.scoreInBackground({ task: STEP, ids: [...ids] }),
    },
  };
}

/** Says so where results could not be kept. */
export function warnOfStore({ store }: FileReader): void {
  if (store.trouble) warn(render(store.trouble));
}
