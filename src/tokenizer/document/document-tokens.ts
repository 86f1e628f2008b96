import type { Span } from '../../shared/tokens';
import { type Chunk, type ChunkTokens, spansOf } from './chunk';

/** Some tokens of a document, with UTF-16 spans in it. */
export interface DocumentTokens {
  ids: number[];
  starts: number[];
  ends: number[];
  /** How many tokens of the document stand before them. */
  first: number;
  dropped: Span[];
}

/** The tokens that have a part in the UTF-16 range [start, end), of the chunks that are encoded. */
export function tokensBetween(chunks: readonly Chunk[], start: number, end: number): DocumentTokens {
  const found: DocumentTokens = { ids: [], starts: [], ends: [], first: 0, dropped: [] };
  let offset = 0;
  for (const { text, tokens } of chunks) {
    if (offset >= end) break;
    if (tokens && offset + text.length <= start) found.first += tokens.ids.length;
    else if (tokens) addTokens(found, text, tokens, offset, { start, end });
    offset += text.length;
  }
  return found;
}

/** Adds the tokens of a chunk, which starts at `offset`, that have a part in the range. */
function addTokens(found: DocumentTokens, text: string, tokens: ChunkTokens, offset: number, range: Span): void {
  const { starts, ends } = spansOf(text, tokens);
  for (let i = 0; i < tokens.ids.length; i++) {
    const start = offset + (starts[i] ?? 0);
    const end = offset + (ends[i] ?? 0);
    // A token of no width, the space that SentencePiece puts before a text, has a part where it stands.
    if (start < range.start && end <= range.start) found.first++;
    else if (start < range.end) {
      found.ids.push(tokens.ids[i] ?? 0);
      found.starts.push(start);
      found.ends.push(end);
    }
  }
  for (const span of tokens.dropped) {
    const dropped = { start: offset + span.start, end: offset + span.end };
    if (dropped.start < range.end && dropped.end > range.start) found.dropped.push(dropped);
  }
}
