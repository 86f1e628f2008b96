import type * as vscode from 'vscode';
import type { ModelInfo } from '../../shared/engine-api';
import type { Span } from '../../shared/tokens';
import { encodeInSlices, type Tokenizer } from '../../tokenizer';
import { rangeOf } from '../documents/spans';
import { offsetNow, spanNow } from '../readings/changed-part';
import type { DocumentReading } from '../readings/document-readings';
import type { Services } from '../services';
import { type PartRead, type PartToRead, partToRead } from './part-to-read';

/** What to read of a document so that a part of it can be shown. @param before tokens to read before that part */
export async function partOfDocument(
  { tokens, host, readings }: Pick<Services, 'tokens' | 'host' | 'readings'>,
  document: vscode.TextDocument,
  seen: Span,
  before: number,
): Promise<PartToRead> {
  if (readings.isApart(document)) return { start: 0, shown: seen, tokens: 0 };
  const { model } = await host.use();
  const startsIn = model.capabilities.hasVocabulary ? startsBy(await tokens.named('model')) : guessedStarts;
  const text = {
    slice: (start: number, end: number) => document.getText(rangeOf(document, { start, end })),
    tokenize: startsIn,
  };
  const length = tokensAtOnce(model);
  return partToRead(text, seen, { before, length }, partRead(readings.get(document)));
}

/** To scroll through a long text sends a server one window of it at a time, and not all that was seen of it before. */
const tokensAtOnce = ({ contextLength, server }: ModelInfo) =>
  Math.min(contextLength, server?.windowTokens ?? contextLength);

const startsBy = (tokenizer: Tokenizer) => async (text: string) =>
  (await encodeInSlices(tokenizer, text, { special: true })).starts;

/** Characters of a token where only a server knows them: as few as in most texts, so that no more is sent than is meant. */
const GUESSED_CHARACTERS = 3;

async function guessedStarts(text: string): Promise<Uint32Array> {
  const starts: number[] = [];
  let offset = 0;
  let characters = 0;
  for (const character of text) {
    if (characters++ % GUESSED_CHARACTERS === 0) starts.push(offset);
    offset += character.length;
  }
  return Uint32Array.from(starts);
}

/** Where what was read stands now; undefined where that is several texts, or its start has been edited. */
function partRead(known: DocumentReading | undefined): PartRead | undefined {
  const [part, another] = known?.reading.parts ?? [];
  if (!known || !part || another) return undefined;
  const { changed, reading } = known;
  const first = part.starts[0] ?? 0;
  const start = first === 0 ? 0 : spanNow({ start: first, end: first + 1 }, changed)?.start;
  if (start === undefined) return undefined;
  const now = (offset: number) => offsetNow(offset, changed);
  const end = now(part.ends.at(-1) ?? 0);
  return {
    start,
    starts: part.starts.map(now),
    end,
    shown: { start: now(reading.shown[0]?.start ?? 0), end },
    // Each character that was typed may be a token.
    tokens: part.ids.length + Math.max(0, changed.moved),
  };
}
