import * as vscode from 'vscode';
import { Analyses } from './analysis/analyses';
import { TokenSource } from './documents/token-source';
import { TrackedDocuments } from './documents/tracked-documents';
import { EngineHost } from './engine/engine-host';

/** What the parts of the extension share. */
export interface Services {
  log: vscode.LogOutputChannel;
  host: EngineHost;
  tokens: TokenSource;
  documents: TrackedDocuments;
  analyses: Analyses;
}

export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel('Vitrine', { log: true });
  const host = new EngineHost(log);
  const tokens = new TokenSource(host);
  const documents = new TrackedDocuments(tokens);
  const analyses = new Analyses(host);
  context.subscriptions.push(log, host, tokens, documents, analyses);
}
