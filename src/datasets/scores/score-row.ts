import type { ResultStore } from '../../background/result-store';
import { scoredSum } from '../../chat/scored-sum';
import type { Conversation } from '../../shared/chat';
import { type Sentence, sentence, VitrineError } from '../../shared/errors';
import { mainConversation, type Row, rejectedConversation } from '../rows/row';
import type { ReadConversation, RowModel } from './row-model';
import type { ScoreField } from './row-scores';

/** A result on disk: tokens, those of them that are scored, and the sum of their ln p. */
const RESULT_NUMBERS = 3;

/** A model with what it has found before. */
export interface ScoringModel {
  model: RowModel;
  store: ResultStore;
}

export interface ScoredRow {
  numbers: Partial<Record<ScoreField, number>>;
  /** Why there is no loss. */
  note: Sentence | undefined;
  /** That a model has read now, and not before. */
  tokensRead: number;
}

interface Result {
  tokens: number;
  scored: number;
  sum: number;
  tokensRead: number;
}

/**
 * Scores a row by itself, as training has it: the mean of −ln p over what the assistant says, or over a document, under each model.
 *
 * @throws VitrineError where the engine fails; of a row that cannot be scored it says why
 */
export async function scoreRow(
  row: Row,
  { a, b }: { a: ScoringModel; b: ScoringModel | undefined },
  signal: AbortSignal,
): Promise<ScoredRow> {
  const main = row.isDocument ? row.text : mainConversation(row);
  // Of one that is cut off only a part is known.
  if (main === undefined || row.problem) return { numbers: {}, note: row.problem, tokensRead: 0 };
  const rejected = rejectedConversation(row);
  try {
    const chosenA = await resultOf(main, a, signal);
    const chosenB = b && (await resultOf(main, b, signal));
    const rejectedA = rejected && (await resultOf(rejected, a, signal));
    const rejectedB = rejected && b && (await resultOf(rejected, b, signal));
    const all = [chosenA, chosenB, rejectedA, rejectedB];
    return {
      numbers: {
        tokens: chosenA.tokens,
        scoredA: chosenA.scored,
        sumA: chosenA.sum,
        ...(chosenB && { scoredB: chosenB.scored, sumB: chosenB.sum }),
        ...(rejectedA && { rejectedSumA: rejectedA.sum }),
        ...(rejectedB && { rejectedSumB: rejectedB.sum }),
      },
      note: chosenA.scored === 0 ? nothingScored(row) : undefined,
      tokensRead: all.reduce((sum, result) => sum + (result?.tokensRead ?? 0), 0),
    };
  } catch (error) {
    if (error instanceof RowRefused) return { numbers: error.numbers, note: error.sentence, tokensRead: 0 };
    throw error;
  }
}

const nothingScored = ({ isDocument }: Row) =>
  isDocument
    ? sentence`This document has no token that a model could predict.`
    : sentence`Nothing in this conversation is said by the assistant.`;

/** It is the row's fault, and the next one may be scored. */
class RowRefused extends Error {
  constructor(
    readonly sentence: Sentence,
    readonly numbers: ScoredRow['numbers'] = {},
  ) {
    super();
  }
}

async function resultOf(
  scored: Conversation | string,
  { model, store }: ScoringModel,
  signal: AbortSignal,
): Promise<Result> {
  const read = await readOrRefuse(scored, model, signal);
  const tokens = read.ids.length;
  if (tokens > model.contextLength) {
    const { label, contextLength } = model;
    const note =
      typeof scored === 'string'
        ? sentence`This document has ${tokens} tokens, and ${label} reads at most ${contextLength}.`
        : sentence`This conversation has ${tokens} tokens, and ${label} reads at most ${contextLength}.`;
    throw new RowRefused(note, { tokens });
  }
  const content = contentOf(read);
  const known = numbersIn(await store.get(content));
  if (known) return { tokens, scored: known[1] as number, sum: known[2] as number, tokensRead: 0 };
  const result = scoredSum(read.isScored, await model.score(read.ids, signal));
  void store.set(content, new Uint8Array(Float64Array.of(tokens, result.scored, result.sum).buffer));
  return { tokens, ...result, tokensRead: tokens };
}

const numbersIn = (result: Uint8Array | undefined) =>
  result?.length === 8 * RESULT_NUMBERS ? new Float64Array(result.buffer as ArrayBuffer, 0, RESULT_NUMBERS) : undefined;

async function readOrRefuse(
  scored: Conversation | string,
  model: RowModel,
  signal: AbortSignal,
): Promise<ReadConversation> {
  try {
    return await (typeof scored === 'string' ? model.readText(scored, signal) : model.read(scored, signal));
  } catch (error) {
    const isOfTheRow = error instanceof VitrineError && error.code.startsWith('chat.') && error.sentence;
    throw isOfTheRow ? new RowRefused(error.sentence as Sentence) : error;
  }
}

/** What a model reads and which of it is scored: two prompts of the same are the same to it. */
function contentOf({ text, isScored }: ReadConversation): string {
  const edges: number[] = [];
  for (const [i, scored] of isScored.entries()) if (scored !== (isScored[i - 1] ?? 0)) edges.push(i);
  return `${edges.join(' ')}\n${text}`;
}
