import { noDivergence, plainPrompt } from '../../comparison/compare-readings';
import { divergenceStatistics } from '../../comparison/divergence-statistics';
import { CHUNK_TOKENS } from '../../comparison/llama-cpp-chunks';
import { FEWEST_TOKENS, measureAsLlamaCpp } from '../../comparison/measure-as-llama-cpp';
import type { Engine } from '../../engine/client';
import type { DivergenceStatistics } from '../../shared/difference-api';
import { interventionsOf } from '../../shared/steering';
import { isSameVocabulary, type Tokenizer } from '../../tokenizer';
import { readPrompt } from '../inspect/read';
import { refuseAbsent } from '../served/capabilities';
import { quantityOf, tellSending } from '../served/sending';
import { type Load, type LoadedModel, type ShowProgress, STEP } from '../session';
import type { AskedModels } from './asked-models';
import { type AskedText, compareRead, hasDistributions, type ReadingModel, vocabulariesOf } from './compare-text';
import { labelled } from './labels';
import { changesOf, type ModelChanges, type NamedModel } from './model-changes';
import { type Both, type SideName, useBoth } from './two-models';

export interface Measured {
  a: NamedModel;
  b: NamedModel;
  /** Tokens of the chunks in which the text was read; null where it was read as it is, and then what was read. */
  chunks: number | null;
  read?: Record<SideName, Pick<ReadingModel, 'prompt' | 'read'>>;
  statistics: DivergenceStatistics;
}

type ReadyModel = LoadedModel & ModelChanges;
type Measurement = Pick<Measured, 'chunks' | 'read' | 'statistics'>;

/** llama.cpp's statistics of two models on a text: in its own chunks, or where text or context are too short for them, of the text as it is. */
export async function measureText(
  load: Load,
  asked: AskedModels,
  subject: AskedText,
  showProgress: ShowProgress,
): Promise<Measured> {
  const both = await useBoth(load, asked, async (loaded, side) => ({
    ...loaded,
    ...(await changesOf(loaded, side, asked.changes)),
  }));
  for (const { model } of [both.a, both.b]) {
    refuseAbsent(model, { hasLogprobs: true, hasVocabulary: true });
    tellSending(model, quantityOf(subject));
  }
  const vocabularies = await vocabulariesOf(both.a.engine, both.b.engine);
  if (!isSameVocabulary(vocabularies.a, vocabularies.b)) throw noDivergence();
  const { begin } = vocabularies.a;
  const ids = [...begin, ...vocabularies.a.encode(subject.text).ids];
  const hasRoom = [both.a, both.b].every(({ model }) => model.contextLength >= CHUNK_TOKENS);
  const measurement =
    hasRoom && ids.length >= FEWEST_TOKENS
      ? await measureChunks(both, { ids, begin }, showProgress)
      : await measureAsItIs(both, subject, vocabularies);
  return { ...labelled(asked, both), ...measurement };
}

async function measureChunks(
  both: Both<ReadyModel>,
  text: { ids: number[]; begin: readonly number[] },
  showProgress: ShowProgress,
): Promise<Measurement> {
  const { a, b } = both;
  const readerOf = (side: SideName) => ({
    engine: engineOf(both, side),
    changes: interventionsOf(both[side].changes),
  });
  const isWhole = hasDistributions(both);
  const share = isWhole && a.engine !== b.engine ? await b.engine.shareDistributions({}) : undefined;
  const models = { a: readerOf('a'), b: { ...readerOf('b'), share } };
  const statistics = await measureAsLlamaCpp(
    { ...models, ...text, hasDistributions: isWhole, nextTask: () => STEP },
    // Ctrl-C ends the engines.
    { signal: new AbortController().signal, progress: (done, total) => showProgress({ stage: 'chunk', done, total }) },
  );
  return { chunks: CHUNK_TOKENS, statistics };
}

async function measureAsItIs(
  both: Both<ReadyModel>,
  { text, truncate }: AskedText,
  vocabularies: Record<SideName, Tokenizer>,
): Promise<Measurement> {
  const reading = async (side: SideName) => {
    const prompt = plainPrompt(text);
    const read = await readPrompt(engineOf(both, side), { text: prompt.text, truncate }, both[side].changes);
    return { ...both[side], prompt, read };
  };
  const read = { a: await reading('a'), b: await reading('b') };
  const { tokens } = await compareRead(text, read, vocabularies);
  return { chunks: null, read, statistics: divergenceStatistics([tokens]) };
}

/** Where memory holds only one of the two, that of a model which reads when the other has let go of its own. */
function engineOf(both: Both<ReadyModel>, side: SideName): Engine {
  const own = both[side].engine;
  const other = both[side === 'a' ? 'b' : 'a'].engine;
  if (!both.takesTurns) return own;
  return {
    ...own,
    forward: async (request) => {
      await other.releaseDecoder({});
      return own.forward(request);
    },
    forwardTokens: async (request) => {
      await other.releaseDecoder({});
      return own.forwardTokens(request);
    },
  };
}
