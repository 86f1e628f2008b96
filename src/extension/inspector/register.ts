import * as vscode from 'vscode';
import type { InspectorState, ViewName } from '../../shared/inspector-api';
import type { Services } from '../extension';
import { registerCommand } from '../register-command';
import { Inspector } from './inspector';
import { InspectorPanel } from './panel';
import { InspectorSideView } from './side-view';
import { Target } from './target';

/** The inspector, where it is shown, and the commands that open its views. */
export function registerInspector({ extensionUri }: vscode.ExtensionContext, services: Services): vscode.Disposable {
  const inspector = new Inspector(services);
  const panel = new InspectorPanel(inspector, extensionUri);
  const { lastEditor, inspection } = inspector;
  const open = async (view: ViewName, asked: InspectorState['asked'] = {}) => {
    const editor = lastEditor.get();
    inspector.show(view, asked);
    panel.show();
    await inspection.inspect(
      Target.of(editor),
      editor.selection.isEmpty ? editor.document.offsetAt(editor.selection.active) : undefined,
    );
  };
  return vscode.Disposable.from(
    inspector,
    panel,
    vscode.window.registerWebviewViewProvider('vitrine.inspector', new InspectorSideView(inspector, extensionUri)),
    registerCommand('vitrine.inspectSelection', () => open('probabilities')),
    registerCommand('vitrine.numberLens', () => open('numbers')),
    registerCommand('vitrine.compareTokenizers', () => open('tokens')),
    registerCommand('vitrine.compareTexts', () => open('compare')),
    registerCommand('vitrine.continueText', () => open('continue')),
    registerCommand('vitrine.attentionFromSelection', () => open('attention')),
  );
}
