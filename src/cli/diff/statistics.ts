import { noDivergence } from '../../comparison/compare-readings';
import { CHUNK_TOKENS } from '../../comparison/llama-cpp-chunks';
import { measureAsLlamaCpp } from '../../comparison/measure-as-llama-cpp';
import type { Engine } from '../../engine/client';
import type { DivergenceStatistics } from '../../shared/difference-api';
import type { ModelInfo } from '../../shared/engine-api';
import { VitrineError } from '../../shared/errors';
import { interventionsOf } from '../../shared/steering';
import { isSameVocabulary } from '../../tokenizer';
import { type Load, type ShowProgress, STEP } from '../session';
import type { AskedModels } from './asked-models';
import { vocabulariesOf } from './compare-text';
import { labelled } from './labels';
import { changesOf, type NamedModel } from './model-changes';
import { useBoth } from './two-models';

export interface Measured {
  a: NamedModel;
  b: NamedModel;
  statistics: DivergenceStatistics;
}

/** What llama.cpp says of two models on a text, in its own chunks. */
export async function measureText(
  load: Load,
  asked: AskedModels,
  text: string,
  showProgress: ShowProgress,
): Promise<Measured> {
  const { a, b, takesTurns } = await useBoth(load, asked, async (loaded, side) => ({
    ...loaded,
    ...(await changesOf(loaded, side, asked.changes)),
  }));
  const vocabularies = await vocabulariesOf(a.engine, b.engine);
  if (!isSameVocabulary(vocabularies.a, vocabularies.b)) throw noDivergence();
  for (const { model } of [a, b]) checkRoom(model);
  const isOneEngine = a.engine === b.engine;
  const { begin } = vocabularies.a;
  const readerOf = (own: typeof a, other: typeof a) => ({
    engine: takesTurns ? inTurnWith(own.engine, other.engine) : own.engine,
    changes: interventionsOf(own.changes),
  });
  const statistics = await measureAsLlamaCpp(
    {
      a: readerOf(a, b),
      b: { ...readerOf(b, a), share: isOneEngine ? undefined : await b.engine.shareDistributions({}) },
      ids: [...begin, ...vocabularies.a.encode(text).ids],
      begin,
      nextTask: () => STEP,
    },
    // Ctrl-C ends the engines.
    { signal: new AbortController().signal, progress: (done, total) => showProgress({ stage: 'chunk', done, total }) },
  );
  return { ...labelled(asked, { a, b }), statistics };
}

function checkRoom({ name, contextLength }: ModelInfo): void {
  if (contextLength >= CHUNK_TOKENS) return;
  throw new VitrineError(
    'diff.room',
    `llama.cpp's statistics are of ${CHUNK_TOKENS} tokens at a time, and the context of ${name} has room for ${contextLength}. Leave --statistics out.`,
  );
}

/** The engine of a model that reads when the other has let go of its memory. */
function inTurnWith(engine: Engine, other: Engine): Engine {
  return {
    ...engine,
    forwardTokens: async (request) => {
      await other.releaseDecoder({});
      return engine.forwardTokens(request);
    },
  };
}
