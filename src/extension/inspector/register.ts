import * as vscode from 'vscode';
import type { Services } from '../extension';
import { registerCommand } from '../register-command';
import { registerCommands } from './commands';
import { Inspector } from './inspector';
import { InspectorPanel } from './panel';
import { InspectorSideView } from './side-view';
import { inspectToken } from './token-links';

/** The inspector, where it is shown, and what opens it. */
export function registerInspector({ extensionUri }: vscode.ExtensionContext, services: Services): vscode.Disposable {
  const inspector = new Inspector(services);
  const panel = new InspectorPanel(inspector, extensionUri);
  const open = () => panel.show();
  return vscode.Disposable.from(
    inspector,
    panel,
    vscode.window.registerWebviewViewProvider('vitrine.inspector', new InspectorSideView(inspector, extensionUri)),
    registerCommands(inspector, open),
    registerCommand('vitrine.inspectToken', (token) => inspectToken(inspector, token, open)),
  );
}
