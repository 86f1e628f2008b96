import { ResultStore } from '../../background/result-store';
import { TimeLeft } from '../../background/time-left';
import type { TextModel } from '../../datasets/funnel/bits-per-byte';
import type { Funnel } from '../../datasets/funnel/funnel-api';
import { readByModel } from '../../datasets/funnel/read-by-model';
import { formatQuantity } from '../../display/numbers';
import { render } from '../../display/sentences';
import type { Engine } from '../../engine/client';
import type { ModelInfo } from '../../shared/engine-api';
import type { DataAmount } from '../../shared/filters-api';
import { createTokenizer } from '../../tokenizer';
import { readingLimitsOf } from '../../workspace/file-model';
import { warn } from '../output';
import { refuseAbsent } from '../served/capabilities';
import { confirmSending } from '../served/sending';
import { type ModelOptions, STEP, withModel } from '../session';

/** Of a document its first 256 tokens are read: about so many bytes. */
const BYTES_OF_BEGINNING = 1000;

/** Has a model read the documents that all other rules let through. @param folder where what it finds is kept */
export async function readDocuments(
  funnel: Funnel,
  options: ModelOptions,
  { documents, bytes }: DataAmount,
  folder: string,
): Promise<void> {
  const { signal } = new AbortController();
  await withModel(options, async (engine, info, showProgress) => {
    refuseAbsent(info, { hasLogprobs: true, hasVocabulary: true });
    const what = `the beginnings of up to ${formatQuantity(documents, 'document')}`;
    const most = Math.min(bytes, documents * BYTES_OF_BEGINNING);
    await confirmSending(info, { what, bytes: most, yes: options.yes ?? false }, signal);
    const model = await textModel(engine, info);
    const store = await ResultStore.open({ folder, model: model.key });
    if (store.trouble) warn(render(store.trouble));
    const timeLeft = new TimeLeft();
    for (let done = 0, read = 1; read > 0; done += read) {
      showProgress({
        stage: 'documentsRead',
        done,
        total: documents,
        secondsLeft: timeLeft.after(done, documents),
      });
      read = await readByModel(funnel, model, store, signal);
    }
  });
}

async function textModel(engine: Engine, info: ModelInfo): Promise<TextModel> {
  const { sha256, approximation } = info;
  const tokenizer = createTokenizer(await engine.vocabulary({}));
  return {
    key: JSON.stringify(['bits per byte', sha256, approximation?.bits, approximation?.half]),
    ...readingLimitsOf(info),
    begin: tokenizer.begin,
    encode: (text) => tokenizer.encode(text),
    score: (ids) => engine.score({ task: STEP, ids: [...ids] }),
  };
}
