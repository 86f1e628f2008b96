import type * as vscode from 'vscode';
import { partsOfTokens } from '../../shared/rendered-tokens';
import type { Span } from '../../shared/tokens';
import type { Tokenizer } from '../../tokenizer';
import type { ChatText } from '../chat/chat-text';
import type { Places } from '../readings/apart';
import type { Reading } from '../readings/reading';
import type { Services } from '../services';
import type { ListedToken, TokenList } from './token-list';

/** A prompt's tokens, with what a model has said of them. */
interface ReadPrompt extends Places {
  ids: Uint32Array;
  logprob?: Float32Array | undefined;
  rank?: ArrayLike<number> | undefined;
  rankLimit?: number | undefined;
}

/**
 * The tokens of the conversations of a document, in the order in which the model reads them: what the template writes stands,
 * without width, where the text before it ends. Of conversations that are known; others are made then, and it is told.
 *
 * @param reading of the document by the model, whose vocabulary it then has to be; else nothing is known but the tokens
 * @param logRatioAt of the token at an offset of the document, where it is known
 */
export function listChats(
  { chats, chatTokens }: Services,
  document: vscode.TextDocument,
  tokenizer: Tokenizer,
  reading: Reading | undefined,
  logRatioAt: (offset: number) => number | undefined,
): TokenList {
  const known = new WeakMap<ChatText, ListedToken[]>();
  const tokensOf = (text: ChatText): ListedToken[] => {
    const tokens = known.get(text) ?? listed(text, readIn(reading, text) ?? chatTokens.of(text, tokenizer));
    known.set(text, tokens);
    return tokens;
  };
  return (start, end) =>
    chats
      .knownIn(document, [{ start, end }])
      .flatMap(tokensOf)
      .filter((token) => token.start >= start && token.start < end)
      .sort((a, b) => a.start - b.start)
      .map((token) => (token.end > token.start ? { ...token, logRatio: logRatioAt(token.start) } : token));
}

function readIn(reading: Reading | undefined, { text }: ChatText): ReadPrompt | undefined {
  const part = reading?.parts.find(({ apart }) => apart?.text === text);
  return part?.apart && { ids: part.ids, ...placesIn(part.apart), ...part.predictions };
}

const placesIn = ({ starts, ends }: Places): Places => ({ starts, ends });

function listed(text: ChatText, prompt: ReadPrompt): ListedToken[] {
  const { ids, logprob, rank, rankLimit } = prompt;
  const runs = text.placesOf(prompt);
  const parts = partsOfTokens(text.rendered.parts, prompt);
  if (runs.length === 0) return [];
  return Array.from(ids, (id, token) => {
    const role = parts[token]?.kind === 'content' ? parts[token].role : null;
    const place = rankLimit === 0 ? undefined : (rank?.[token] ?? 0);
    const read = logprob && { logprob: logprob[token] ?? Number.NaN, rank: place, rankLimit };
    return { id, ...placeOf(runs, token), role: role ?? null, ...read };
  });
}

/** Where a token stands: in one of the runs it has a width, or in none. */
function placeOf(runs: readonly Places[], token: number): Span {
  const places = runs.map(({ starts, ends }) => ({ start: starts[token] ?? 0, end: ends[token] ?? 0 }));
  return places.find(({ start, end }) => end > start) ?? (places[0] as Span);
}
