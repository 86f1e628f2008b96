import type * as vscode from 'vscode';
import type { Analyses } from './analysis/analyses';
import type { TokenSource } from './documents/token-source';
import type { TrackedDocuments } from './documents/tracked-documents';
import type { EngineHost } from './engine/engine-host';
import type { LastTextEditor } from './last-text-editor';
import type { SelectedHead } from './selected-head';

/** What the parts of the extension share. */
export interface Services {
  log: vscode.LogOutputChannel;
  host: EngineHost;
  tokens: TokenSource;
  documents: TrackedDocuments;
  analyses: Analyses;
  selection: SelectedHead;
  lastEditor: LastTextEditor;
}
