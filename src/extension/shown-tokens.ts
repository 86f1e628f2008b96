import type * as vscode from 'vscode';
import type { Decorations } from './decorations/decorations';
import type { TrackedDocument } from './documents/tracked-documents';
import type { Reading } from './readings/reading';
import type { Services } from './services';
import { settings } from './settings';

/** The tokens that are to be listed and counted of a document: as the model read them, or as the vocabulary in use has them. */
export type ShownTokens = { kind: 'read'; reading: Reading } | { kind: 'tracked'; tracked: TrackedDocument };

/**
 * The model's tokens where its colours are on, else those of the vocabulary in use. Undefined where neither
 * that nor a model is loaded: nobody has asked for anything yet.
 */
export async function shownTokens(
  services: Services,
  decorations: Decorations,
  document: vscode.TextDocument,
): Promise<ShownTokens | undefined> {
  const known = decorations.readingOf(document);
  if (known && !known.stale) return { kind: 'read', reading: known.reading };
  const tracked = await trackedTokens(services, document);
  return tracked && { kind: 'tracked', tracked };
}

/** The tokens of a document in the vocabulary in use. Undefined where neither that nor a model is loaded. */
export async function trackedTokens(
  { documents, tokens, host }: Services,
  document: vscode.TextDocument,
): Promise<TrackedDocument | undefined> {
  if (!documents.get(document) && !tokens.loaded(settings.tokenizer()) && !host.model) return undefined;
  return documents.track(document);
}
