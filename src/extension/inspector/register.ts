import * as vscode from 'vscode';
import type { Decorations } from '../decorations/decorations';
import { registerCommand } from '../register-command';
import type { Services } from '../services';
import { registerCommands } from './commands';
import { inspectWhy } from './inspect-why';
import type { Inspector } from './inspector';
import { openExportedPage } from './open-exported-page';
import { InspectorPanel } from './panel';
import { PersistedState } from './persisted-state';
import { InspectorSideView } from './side-view';
import { inspectToken } from './token-links';

/** The inspector, where it is shown, and what opens it. */
export function registerInspector(
  { extensionUri, workspaceState }: vscode.ExtensionContext,
  inspector: Inspector,
  services: Services,
  decorations: Decorations,
): vscode.Disposable {
  const memory = new PersistedState(inspector, workspaceState);
  const panel = new InspectorPanel(inspector, extensionUri, memory);
  const sideView = new InspectorSideView(inspector, extensionUri, memory);
  const open = () => panel.show();
  return vscode.Disposable.from(
    inspector,
    panel,
    memory,
    vscode.window.registerWebviewViewProvider('vitrine.inspector', sideView),
    registerCommands(inspector, open),
    registerCommand('vitrine.inspectWhy', () => inspectWhy(inspector, decorations, open)),
    registerCommand('vitrine.openExportedPage', (uri) => openExportedPage(inspector, services, open, uri)),
    registerCommand('vitrine.inspectToken', (token) => inspectToken(inspector, token, open)),
  );
}
