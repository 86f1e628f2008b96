import type { Work } from '../shared/progress';
import { scoreWindows } from '../workspace/windows';
import type { AskedScores, Served } from './ask-scores';
import type { PromptScores, ScoredToken } from './protocols/protocol';
import { hasBegin } from './served-text';
import type { WindowMemory } from './window-memory';

/**
 * Tokens that a server reads at once. For each it computes how probable every token of the vocabulary is: 2,000 times 152,000
 * numbers take more than a gigabyte there, and servers have been killed by texts of 8,000.
 */
export const WINDOW_TOKENS = 2000;

/** A model that reads texts of any length. */
export interface ServedReader extends Pick<Served, 'protocol' | 'tokenizer'> {
  /** Tokens that are read at once. */
  windowTokens: number;
  memory: WindowMemory;
  /** Has the server read tokens that are not known. */
  ask(asked: AskedScores): Promise<PromptScores>;
}

/**
 * What a server says of a row of tokens. Long ones are read in windows that overlap by half, one request at a time: each token
 * has at least half a window before it.
 *
 * @throws VitrineError of `server.*`, or `task.cancelled`
 */
export async function readScores(
  reader: ServedReader,
  ids: Uint32Array,
  { topK, signal, progress }: Work & { topK: number },
): Promise<PromptScores> {
  const { begin } = reader.tokenizer;
  const own = ids.length > begin.length && hasBegin(begin, ids) ? begin : [];
  const tokens: ScoredToken[] = [];
  let next: PromptScores['next'] = [];
  // What is put before a text is put before each window.
  const text = ids.subarray(own.length);
  for (const { from, to, scoredFrom } of scoreWindows(text.length, reader.windowTokens - own.length)) {
    const window = await readWindow(reader, Uint32Array.from([...own, ...text.subarray(from, to)]), { topK, signal });
    tokens.push(...window.tokens.slice(tokens.length === 0 ? 0 : own.length + scoredFrom - from));
    next = window.next;
    progress(to, text.length);
  }
  return { tokens, from: 0, next };
}

async function readWindow(
  reader: ServedReader,
  ids: Uint32Array,
  { topK, signal }: { topK: number; signal: AbortSignal },
): Promise<PromptScores> {
  const { memory, protocol } = reader;
  const known = memory.known(ids, topK);
  if (known.tokens.length === ids.length && known.next.length >= Math.min(1, topK)) return known;
  const common = protocol.isIncremental ? Math.min(known.tokens.length, ids.length - 1) : 0;
  // Of the first token that a server answers for it does not say how probable it is.
  const asked = { ids, topK, signal, knownUpTo: Math.max(0, common - 1) };
  const scores = await reader.ask(asked);
  const old = known.tokens.slice(0, common);
  const whole = { tokens: [...old, ...scores.tokens.slice(old.length - scores.from)], from: 0, next: scores.next };
  memory.add(ids, topK, whole);
  return whole;
}
