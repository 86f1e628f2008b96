import { chatPrompt } from '../../chat/compared-prompt';
import { compareReadings, plainPrompt } from '../../comparison/compare-readings';
import type { Engine } from '../../engine/client';
import type { ComparedPrompt, ComparedText, ModelSide } from '../../shared/difference-api';
import type { ModelInfo } from '../../shared/engine-api';
import { VitrineError } from '../../shared/errors';
import { createTokenizer, isSameVocabulary, type Tokenizer } from '../../tokenizer';
import type { Candidate, ReadPrompt } from '../inspect/inspection';
import { readPrompt } from '../inspect/read';
import { describeCandidates } from '../inspect/tokens';
import { type Load, type LoadedModel, TASK } from '../session';
import type { AskedChanges, AskedModels } from './asked-models';
import { labelsOf } from './labels';
import { changesOf, type ModelChanges } from './model-changes';
import { type SideName, useBoth } from './two-models';

/** What is compared. */
export interface AskedText {
  text: string;
  /** Whether of a text that is too long the last tokens are read. */
  truncate: boolean;
}

/** A model that has read the text. */
export interface ReadingModel extends ModelChanges {
  /** What the other is not called. */
  label: string;
  model: ModelInfo;
  prompt: ComparedPrompt;
  read: ReadPrompt;
}

/** What one of the models says in a token's place. Natural logarithms, nats. */
export interface TokenSide {
  logprob: number;
  /** From 0. */
  rank: number;
  entropy: number;
  /** The most probable tokens, the first first. */
  top: Candidate[];
}

/** A token that both read alike. */
export interface ComparedToken {
  /** In the text as A reads it. */
  position: number;
  id: number;
  text: string;
  /** In hexadecimal. */
  bytes: string;
  /** UTF-16 units of the text. */
  start: number;
  end: number;
  a: TokenSide;
  b: TokenSide;
  kl: number;
  reverseKl: number;
}

export interface TextComparison {
  text: string;
  a: ReadingModel;
  b: ReadingModel;
  /** Undefined of different vocabularies: then only spans can be compared. */
  tokens: ComparedToken[] | undefined;
  spans: ComparedText['spans'];
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
    return {
      ...loaded,
      ...ran,
      prompt,
      read: await readPrompt(loaded.engine, { text: prompt.text, truncate }, ran.changes),
    };
  });
  const { a, b } = both;
  const vocabularies = await vocabulariesOf(a.engine, b.engine);
  const share = b.engine === a.engine ? undefined : await b.engine.shareDistributions({});
  const [trace, other] = [a.read.trace.trace, { trace: b.read.trace.trace, share }];
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
      difference: (positions) => a.engine.difference({ task: TASK, trace, other, positions }),
    },
  );
  if (compared.tokens.ids.length === 0 && compared.spans.length === 0) throw nothingPredicted();
  const labels = labelsOf(asked, { a: a.model, b: b.model });
  return {
    text,
    a: { ...a, label: labels.a },
    b: { ...b, label: labels.b },
    tokens: compared.sameVocabulary ? await tokensOf(compared, a, b) : undefined,
    spans: compared.spans,
  };
}

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

async function tokensOf(
  { text, tokens }: ComparedText,
  a: { engine: Engine; read: ReadPrompt },
  b: { engine: Engine },
): Promise<ComparedToken[]> {
  const { ids, starts, ends, positionsA, kl, reverseKl, topK } = tokens;
  const sideOf = async (engine: Engine, side: ModelSide) => {
    const top = await describeCandidates(engine, side.topIds, side.topLogprobs, topK);
    return (pair: number): TokenSide => ({
      logprob: side.logprob[pair] ?? Number.NaN,
      rank: side.rank[pair] ?? 0,
      entropy: side.entropy[pair] ?? Number.NaN,
      top: top[pair] ?? [],
    });
  };
  const [ofA, ofB] = [await sideOf(a.engine, tokens.a), await sideOf(b.engine, tokens.b)];
  return Array.from(positionsA, (position, pair) => ({
    position,
    id: ids[pair] ?? 0,
    text: text.slice(starts[pair], ends[pair]),
    bytes: a.read.bytesOf(position),
    start: starts[pair] ?? 0,
    end: ends[pair] ?? 0,
    a: ofA(pair),
    b: ofB(pair),
    kl: kl[pair] ?? Number.NaN,
    reverseKl: reverseKl[pair] ?? Number.NaN,
  }));
}

const nothingPredicted = () =>
  new VitrineError(
    'diff.nothing',
    'There is no part of the text that both models predict: the first token has none before it. Take a longer text.',
  );
