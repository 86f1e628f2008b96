import { chatPrompt } from '../../chat/compared-prompt';
import { compareReadings, plainPrompt } from '../../comparison/compare-readings';
import { predictedDifferences } from '../../comparison/predicted-differences';
import type { Engine } from '../../engine/client';
import type { ComparedPrompt, ComparedText, SharedSpan, TokenDifferences } from '../../shared/difference-api';
import type { ModelInfo } from '../../shared/engine-api';
import { VitrineError } from '../../shared/errors';
import { createTokenizer, isSameVocabulary, type Tokenizer } from '../../tokenizer';
import type { ReadPrompt } from '../inspect/inspection';
import { readPrompt } from '../inspect/read';
import { refuseAbsent } from '../served/capabilities';
import { quantityOf, tellSending } from '../served/sending';
import { type Load, type LoadedModel, TASK } from '../session';
import type { AskedChanges, AskedModels } from './asked-models';
import { type ComparedToken, comparedTokens } from './compared-tokens';
import { labelled } from './labels';
import { changesOf, type NamedModel } from './model-changes';
import { type SideName, useBoth } from './two-models';

/** What is compared. */
export interface AskedText {
  text: string;
  /** Whether of a text that is too long the last tokens are read. */
  truncate: boolean;
}

/** A model that has read the text. */
export interface ReadingModel extends NamedModel {
  prompt: ComparedPrompt;
  read: ReadPrompt;
}

export interface TextComparison {
  text: string;
  a: ReadingModel;
  b: ReadingModel;
  /** Undefined of different vocabularies: then only spans can be compared. */
  tokens: ComparedToken[] | undefined;
  spans: SharedSpan[];
}

/** Has both models read a text, and says what differs. */
export async function compareText(
  load: Load,
  asked: AskedModels,
  { text, truncate }: AskedText,
): Promise<TextComparison> {
  const both = await useBoth(load, asked, async (loaded, side) => {
    const ran = await changesOf(loaded, side, asked.changes);
    const prompt = await promptOf(text, loaded, side, asked.changes);
    refuseAbsent(loaded.model, { hasLogprobs: true, hasVocabulary: true });
    tellSending(loaded.model, quantityOf({ text: prompt.text, truncate }));
    return {
      ...loaded,
      ...ran,
      prompt,
      read: await readPrompt(loaded.engine, { text: prompt.text, truncate }, ran.changes),
    };
  });
  const compared = await compareRead(text, both, await vocabulariesOf(both.a.engine, both.b.engine));
  return {
    text,
    ...labelled(asked, both),
    tokens: compared.sameVocabulary ? await comparedTokens(compared, both.a, both.b) : undefined,
    spans: compared.spans,
  };
}

/** What differs of a text that both have read. @throws VitrineError `diff.nothing` where it has no part that both predict */
export async function compareRead(
  text: string,
  both: Record<SideName, Pick<ReadingModel, 'prompt' | 'read'> & LoadedModel>,
  vocabularies: Record<SideName, Tokenizer>,
): Promise<ComparedText> {
  const readingOf = (side: SideName) => ({
    engine: both[side].engine,
    prompt: both[side].prompt,
    trace: both[side].read.trace,
    isControl: (id: number) => vocabularies[side].isControl(id),
  });
  const compared = await compareReadings(
    text,
    { a: readingOf('a'), b: readingOf('b') },
    {
      sameVocabulary: isSameVocabulary(vocabularies.a, vocabularies.b),
      difference: (positions) => differenceOf(both, positions),
    },
  );
  if (compared.tokens.ids.length === 0 && compared.spans.length === 0) throw nothingPredicted();
  return compared;
}

/** Over the whole vocabulary, where both give that. */
async function differenceOf(
  { a, b }: Record<SideName, Pick<ReadingModel, 'read'> & LoadedModel>,
  positions: { a: Uint32Array; b: Uint32Array },
): Promise<TokenDifferences> {
  const [trace, traceB] = [a.read.trace.trace, b.read.trace.trace];
  if (!hasDistributions({ a, b })) {
    return predictedDifferences({ a: { ...a, trace }, b: { ...b, trace: traceB } }, positions);
  }
  const share = b.engine === a.engine ? undefined : await b.engine.shareDistributions({});
  return a.engine.difference({ task: TASK, trace, other: { trace: traceB, share }, positions });
}

/** Whether both models give whole distributions. */
export const hasDistributions = ({ a, b }: Record<SideName, { model: ModelInfo }>): boolean =>
  [a, b].every(({ model }) => model.capabilities.hasDistributions);

async function promptOf(
  text: string,
  { engine }: LoadedModel,
  side: SideName,
  { chatTemplate }: AskedChanges,
): Promise<ComparedPrompt> {
  return side === 'b' && chatTemplate ? chatPrompt(await engine.chatTemplate({}), [['user', text]]) : plainPrompt(text);
}

/** Of both engines, which may be one. */
export async function vocabulariesOf(engineA: Engine, engineB: Engine): Promise<Record<SideName, Tokenizer>> {
  const a = createTokenizer(await engineA.vocabulary({}));
  return { a, b: engineB === engineA ? a : createTokenizer(await engineB.vocabulary({})) };
}

const nothingPredicted = () =>
  new VitrineError(
    'diff.nothing',
    'There is no part of the text that both models predict: the first token has none before it. Take a longer text.',
  );
