import type { Span, Tokenization } from '../../shared/tokens';
import type { Before } from '../before';
import { charactersOf } from '../character-spans';
import { unitsOfText } from '../unicode/utf8';

/** A part of a document. Without `tokens` it waits to be encoded, and its borders may lie inside a piece. */
export interface Chunk {
  text: string;
  tokens?: ChunkTokens;
}

/** The tokens of a chunk that starts and ends between two pieces; offsets count from its start. */
export interface ChunkTokens {
  ids: Uint32Array;
  byteStarts: Uint16Array | Uint32Array;
  byteEnds: Uint16Array | Uint32Array;
  dropped: Span[];
  /** What stands before the chunk: its tokens hold only there. */
  before: Before;
}

/** Keeps of a tokenization what cannot be had again from the text, in half the room where the chunk is not large. */
export function chunkTokens({ ids, byteStarts, byteEnds, dropped }: Tokenization, before: Before): ChunkTokens {
  const small = (byteEnds.at(-1) ?? 0) < 0x10000;
  return {
    ids,
    byteStarts: small ? Uint16Array.from(byteStarts) : byteStarts,
    byteEnds: small ? Uint16Array.from(byteEnds) : byteEnds,
    dropped,
    before,
  };
}

/** The UTF-16 spans of a chunk's tokens, from its start. */
export function spansOf(text: string, tokens: ChunkTokens): { starts: Uint32Array; ends: Uint32Array } {
  return charactersOf(unitsOfText(text), tokens.byteStarts, tokens.byteEnds);
}
