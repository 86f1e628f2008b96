import type * as vscode from 'vscode';
import type { Analysis } from './analysis/analysis';
import type { Decorations } from './decorations/decorations';
import type { TrackedDocument } from './documents/tracked-documents';
import type { Services } from './extension';
import { settings } from './settings';

/** The tokens that are to be listed and counted of a document: as the model read them, or as the vocabulary in use has them. */
export type ShownTokens = { kind: 'analysed'; analysis: Analysis } | { kind: 'tracked'; tracked: TrackedDocument };

/**
 * The model's tokens where its colours are on, else those of the vocabulary in use. Undefined where that is not loaded:
 * to list or to count is no reason to load anything.
 */
export async function shownTokens(
  { documents, tokens }: Services,
  decorations: Decorations,
  document: vscode.TextDocument,
): Promise<ShownTokens | undefined> {
  const known = decorations.analysisOf(document);
  if (known && !known.stale) return { kind: 'analysed', analysis: known.analysis };
  if (!documents.get(document) && !tokens.loaded(settings.tokenizer())) return undefined;
  return { kind: 'tracked', tracked: await documents.track(document) };
}

/** Whether a document is text of a person's, not a log of the editor's. */
export function isText({ uri }: vscode.TextDocument): boolean {
  return uri.scheme !== 'output';
}
