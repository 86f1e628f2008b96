import type * as vscode from 'vscode';
import type { Span } from '../../shared/tokens';

/** Where tokens of a text stand, one entry a token, in UTF-16 units. */
export interface Places {
  starts: Uint32Array;
  ends: Uint32Array;
}

/** A text that the model reads by itself, of which parts stand in a document: a conversation as its template writes it. */
export interface TextApart {
  readonly text: string;
  /** What of the document it is. */
  readonly span: Span;
  /**
   * Where its tokens stand in the document: in one run, or in several where the document has them in another order. Those that
   * stand in none have no width.
   */
  placesOf(tokens: Places): Places[];
}

/** Documents whose text is no text that a model reads, but holds some. */
export interface ApartDocuments {
  isApart(document: vscode.TextDocument): boolean;
  /** The texts that some spans of such a document have a part in, in the order in which they are to be read. */
  textsIn(document: vscode.TextDocument, spans: readonly Span[]): Promise<readonly TextApart[]>;
}

/** Every document is a text of its own. */
export const NOTHING_APART: ApartDocuments = { isApart: () => false, textsIn: async () => [] };
