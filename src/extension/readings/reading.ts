import type { ModelInfo, Predictions } from '../../shared/engine-api';
import { firstAtLeast } from '../../shared/sorted';
import type { Span } from '../../shared/tokens';
import type { Places } from './apart';

/** Whether the model reads the text before a selection too, or the selection alone. */
export type ReadingMode = 'withTextBefore' | 'selectionAlone';

/** What the model thinks of a document, or of some ranges of it, at one version of the text. */
export interface Reading {
  readonly uri: string;
  readonly version: number;
  readonly model: ModelInfo;
  /** What is shown and summed, in UTF-16 offsets: the selections, or everything that was read. */
  readonly shown: readonly Span[];
  readonly parts: readonly ReadingPart[];
  /** UTF-16 units before the first part, or before those of texts apart, that did not fit the context, or were not sent because they could not. */
  readonly cut: number;
  /** Whether everything that is to be shown has been read: a long text is shown while the model reads on. */
  readonly complete: boolean;
}

/** A text that the model read in one go. */
export interface ReadingPart {
  /** Its number in this window. */
  readonly trace: number;
  readonly ids: Uint32Array;
  /** UTF-16 offsets in the document. */
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  readonly predictions: Predictions;
  /** Tokens from which on less is known of what stands before them, where a server read the text in windows. */
  readonly windowStarts?: readonly number[] | undefined;
  /**
   * Where the text was not the document's own but one that stands in it: that text, and the offsets of the tokens there.
   * Tokens that do not stand in the document have no width.
   */
  readonly apart?: ({ readonly text: string } & Places) | undefined;
}

/** A token of a reading. */
export interface TokenAt {
  readonly part: ReadingPart;
  readonly index: number;
}

/** How many alternatives a reading keeps of each position. */
export const READING_TOP_K = 5;

/** The token that covers an offset of the document; where two share a character, the first. */
export function tokenAt({ parts }: Reading, offset: number): TokenAt | undefined {
  for (const part of parts) {
    const index = firstTokenAfter(part, offset);
    if (index < part.ids.length && (part.starts[index] as number) <= offset) return { part, index };
  }
  return undefined;
}

/** The first token that ends after an offset: tokens stand in the order of the text. */
export function firstTokenAfter({ ends }: ReadingPart, offset: number): number {
  return firstAtLeast(ends, offset + 1);
}

/** Whether a token stands in the document. */
export function standsInDocument({ starts, ends }: ReadingPart, index: number): boolean {
  return (ends[index] ?? 0) > (starts[index] ?? 0);
}

/** Where a token of a part stands in the text that was read. */
export function spanOfToken({ starts, ends }: ReadingPart, index: number): Span {
  return { start: starts[index] ?? 0, end: ends[index] ?? 0 };
}
