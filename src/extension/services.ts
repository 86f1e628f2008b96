import type * as vscode from 'vscode';
import type { ActiveText } from './active-text';
import type { BackgroundWork } from './background/background-work';
import type { ChatDocuments } from './chat/chat-documents';
import type { ChatTemplates } from './chat/chat-templates';
import type { ChatTokens } from './chat/chat-tokens';
import type { Comparer } from './comparison/comparer';
import type { Comparison } from './comparison/comparison';
import type { TokenSource } from './documents/token-source';
import type { TrackedDocuments } from './documents/tracked-documents';
import type { EngineHost } from './engine/engine-host';
import type { Readings } from './readings/readings';
import type { SelectedHead } from './selected-head';
import type { WindowServer } from './server/window-server';
import type { WorkspaceScans } from './workspace-scan/workspace-scans';

/** What the parts of the extension share. */
export interface Services {
  log: vscode.LogOutputChannel;
  /** Where the model in use runs on a server. */
  server: WindowServer;
  host: EngineHost;
  tokens: TokenSource;
  chatTemplates: ChatTemplates;
  chats: ChatDocuments;
  chatTokens: ChatTokens;
  documents: TrackedDocuments;
  readings: Readings;
  /** What the text is held against, if anything. */
  comparison: Comparison;
  comparer: Comparer;
  selection: SelectedHead;
  activeText: ActiveText;
  /** What nobody waits for. */
  background: BackgroundWork;
  /** The folders of the workspace, read in the background. */
  scans: WorkspaceScans;
}
