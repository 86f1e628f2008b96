import { join } from 'node:path';
import { startEngine } from '../../src/engine/client';
import { createTokenizer } from '../../src/tokenizer';
import { languageOf } from '../../src/workspace/languages/languages';
import { type FileReader, type RawFileScore, scoreFile } from '../../src/workspace/score-file';
import { TokenStore } from '../../src/workspace/token-store';
import { readModel } from '../engine/model';
import { loadRequest } from '../engine/vitrine';

type Read = (path: string, text: string) => Promise<RawFileScore>;

/** Lets files be read by the model that comes with Vitrine, as a scan of a workspace reads them. */
export function withReader<T>(folder: string, use: (read: Read) => Promise<T>): Promise<T> {
  const { signal } = new AbortController();
  return withFileReader(folder, (reader) =>
    use((path, text) => scoreFile({ path, languageId: languageOf(path) ?? '', text }, reader, signal)),
  );
}

/** The same for what asks for more than the scores of files. @param folder where what has been read is kept */
export async function withFileReader<T>(folder: string, use: (reader: FileReader) => Promise<T>): Promise<T> {
  const engine = startEngine();
  try {
    const model = await engine.load(loadRequest({ model: readModel(), cacheFolder: join(folder, 'model') }));
    const reader = {
      model: {
        label: model.name,
        key: model.sha256,
        tokenizer: createTokenizer(await engine.vocabulary({})),
        contextLength: model.contextLength,
        score: (ids: Uint32Array) => engine.scoreInBackground({ task: 0, ids: [...ids] }),
      },
      store: await TokenStore.open({ folder: join(folder, 'results'), model: model.sha256 }),
    };
    return await use(reader);
  } finally {
    await engine.stop();
  }
}
