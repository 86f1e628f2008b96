import { formatBits, spokenDigits } from '../../../src/display/numbers';
import { bitsOf } from '../../../src/display/scales';
import type { VocabularyTokens } from '../../../src/shared/inspector-api';
import { interventionsOf } from '../../../src/shared/steering';
import { candidateLabels } from '../../kit/candidate-label';
import type { ViewStore } from '../../store/view-store';

/** What a loss says on hover: all its digits, and the same in the unit of surprisal. */
export function lossTitle(logprob: number): string {
  return `${spokenDigits(`${-logprob}`)} nats = ${formatBits(bitsOf(logprob))}`;
}

/** A place in a text that the model has read. */
export interface ReadPlace {
  trace: number;
  ids: ArrayLike<number>;
  position: number;
}

/** What a word costs at a place: each of its tokens given the ones before. */
export interface WordLoss {
  tokens: { label: string; logprob: number }[];
  /** Natural logarithm of the probability of all of them, one after another. */
  logprob: number;
  /** Whether it has characters that the vocabulary cannot hold. */
  isCut: boolean;
}

/** @param isSpaced whether a space stands before the word */
export async function wordLoss(
  store: ViewStore,
  place: ReadPlace,
  { word, isSpaced, task }: { word: string; isSpaced: boolean; task: number },
): Promise<WordLoss> {
  const { ids, dropped } = await tokenize(store, word, isSpaced);
  const logprobs = await logprobsAt(store, place, ids, task);
  const labels = await candidateLabels(store.lenses, ids);
  return {
    tokens: Array.from(ids, (id, i) => ({ label: labels.get(id) ?? '', logprob: logprobs[i] ?? Number.NaN })),
    logprob: logprobs.reduce((sum, logprob) => sum + logprob, 0),
    isCut: dropped.length > 0,
  };
}

async function tokenize(store: ViewStore, word: string, isSpaced: boolean): Promise<VocabularyTokens> {
  const ask = (text: string) => store.host.tokenize({ vocabulary: 'model', text });
  if (!isSpaced) return ask(word);
  // Some vocabularies put the space before a text by themselves.
  const alone = await ask(word);
  const hasSpace = alone.bytes[alone.ids[0] ?? -1]?.startsWith('20') ?? false;
  return hasSpace && !word.startsWith(' ') ? alone : ask(` ${word}`);
}

/** Of one token the distribution tells at once, where the model gives it. */
async function logprobsAt(
  store: ViewStore,
  { trace, ids, position }: ReadPlace,
  word: Uint32Array,
  task: number,
): Promise<number[]> {
  if (word.length === 0) return [];
  if (word.length === 1 && store.state.model?.capabilities.hasDistributions) {
    const distribution = await store.lenses.distribution({ trace, position: position - 1 });
    return [distribution[word[0] ?? 0] ?? Number.NaN];
  }
  const interventions = interventionsOf(store.state);
  const whole = [...Array.from(ids).slice(0, position), ...word];
  const read = await store.host.forwardTokens({ task, ids: whole, ...interventions });
  const { logprob } = await store.lenses.predictions({ trace: read.trace, from: position, to: whole.length, topK: 0 });
  return Array.from(logprob);
}
