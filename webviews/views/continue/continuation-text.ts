import { UNREAD } from '../../../src/shared/inspector-api';
import { candidateLabels } from '../../kit/candidate-label';
import type { ViewStore } from '../../store/view-store';
import { samplingOf } from './controls';

/** What a model has written behind the text, piece by piece. */
export interface ContinuationText {
  text: string;
  /** Its tokens, with the natural logarithm of the probability of each; undefined where the server does not name them. */
  tokens: readonly WrittenToken[] | undefined;
  /** Whether the last piece came to an end before it had as many tokens as were asked for. */
  isEnded: boolean;
}

export interface WrittenToken {
  id: number;
  text: string;
  label: string;
  logprob: number;
}

/** Has the model go on with the text and what was written behind it, by so many tokens at most. @param signal ends that */
export async function writeOn(
  store: ViewStore,
  written: ContinuationText | undefined,
  { count, signal }: { count: number; signal: AbortSignal },
): Promise<ContinuationText> {
  const trace = await traceBehind(store, written, signal);
  const sampling = samplingOf(store.viewState);
  const { text, tokens } = await store.lenses.continuation({ trace, count, sampling }, { signal });
  const before = written ?? { text: '', tokens: [] };
  const isNamed = before.tokens !== undefined && (tokens.length > 0 || text === '');
  const labels = await candidateLabels(
    store.lenses,
    tokens.map(({ id }) => id),
  );
  const named = tokens.map((token) => ({ ...token, label: labels.get(token.id) ?? '' }));
  return {
    text: before.text + text,
    tokens: isNamed ? [...(before.tokens ?? []), ...named] : undefined,
    isEnded: text === '' || (tokens.length > 0 && tokens.length < count),
  };
}

/** Has the model read what it has written: by its tokens where they are known. */
async function traceBehind(
  store: ViewStore,
  written: ContinuationText | undefined,
  signal: AbortSignal,
): Promise<number> {
  const { host, subject } = store;
  const { trace = UNREAD, ids = [] } = subject?.read ?? {};
  if (!written) return trace;
  const task = store.newTask(signal);
  const read = written.tokens
    ? await host.forwardTokens({ task, ids: [...ids, ...written.tokens.map(({ id }) => id)] })
    : await host.forward({ task, text: (subject?.text ?? '') + written.text });
  return read.trace;
}
