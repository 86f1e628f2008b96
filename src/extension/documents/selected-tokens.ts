import type { Span } from '../../shared/tokens';
import { TokenizedDocument } from '../../tokenizer';
import type { ReadingMode } from '../readings/reading';
import { countTokensIn, type SpannedTokens, tokensIn } from './tokens-in-spans';
import type { TrackedDocument } from './tracked-documents';

/** A text that the model would read. */
interface ReadText {
  tokens: TokenizedDocument;
  /** The parts of it that are selected. */
  spans: readonly Span[];
  /** Where in the document it begins. */
  start: number;
}

/**
 * What the model would read of a document in which some spans are selected: the text ends where the last of them does, also
 * inside of what is a token of the document; read alone, each is a text of its own.
 *
 * @param spans in their order
 * @param textIn the text of a span
 */
function readTexts(
  { tokens, tokenizer }: Pick<TrackedDocument, 'tokens' | 'tokenizer'>,
  spans: readonly Span[],
  mode: ReadingMode,
  textIn: (span: Span) => string,
): ReadText[] {
  const isWhole = spans.every(({ start, end }) => start === 0 && end === tokens.length);
  if (isWhole || mode === 'withTextBefore') {
    return [{ tokens: tokens.upTo(spans.at(-1)?.end ?? 0), spans, start: 0 }];
  }
  return spans.map((span) => ({
    tokens: new TokenizedDocument(tokenizer, textIn(span), { special: true }),
    spans: [{ start: 0, end: span.end - span.start }],
    start: span.start,
  }));
}

/** How many tokens some spans of a document have, as the model would read them. */
export function* countSelected(...selected: Parameters<typeof readTexts>): Generator<undefined, number> {
  let count = 0;
  for (const { tokens, spans } of readTexts(...selected)) {
    yield* tokens.settle();
    count += yield* countTokensIn(tokens, spans);
  }
  return count;
}

/** The same tokens, with their places in the document. */
export function* selectedTokens(...selected: Parameters<typeof readTexts>): Generator<undefined, SpannedTokens> {
  const all: SpannedTokens = { ids: [], starts: [], ends: [] };
  for (const { tokens, spans, start } of readTexts(...selected)) {
    yield* tokens.settle();
    const { ids, starts, ends } = yield* tokensIn(tokens, spans);
    for (let i = 0; i < ids.length; i++) {
      all.ids.push(ids[i] ?? 0);
      all.starts.push(start + (starts[i] ?? 0));
      all.ends.push(start + (ends[i] ?? 0));
    }
  }
  return all;
}
