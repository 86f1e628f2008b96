import * as vscode from 'vscode';
import { registerCommand } from '../register-command';
import type { Services } from '../services';
import { DIALOG_EXTENSIONS, isDatasetFile } from './dataset-files';
import { LIST_EDITOR, ListEditor } from './list-editor';
import { DatasetModels } from './row-models';
import { SingleLines } from './single-lines';

/** Data sets: their rows, read in the background, and what filters make of them. */
export function registerDatasetList(
  context: vscode.ExtensionContext,
  { host, comparison, readings, chats, tokens, chatTemplates, background: { reader, gate } }: Services,
): vscode.Disposable {
  const lines = new SingleLines(chats);
  const modelsChanged = new vscode.EventEmitter<void>();
  const changed = () => modelsChanged.fire();
  const editor = new ListEditor({
    context,
    reader,
    models: new DatasetModels(comparison, gate),
    onDidChangeModels: modelsChanged.event,
    lines,
    tokens,
    templates: chatTemplates,
  });
  return vscode.Disposable.from(
    lines,
    modelsChanged,
    host.onDidChange(changed),
    comparison.onDidChange(changed),
    readings.onDidChangeReading(changed),
    vscode.window.registerCustomEditorProvider(LIST_EDITOR, editor, {
      webviewOptions: { retainContextWhenHidden: false },
    }),
    registerCommand('vitrine.openAsDataSet', async (given) => {
      const uri = given instanceof vscode.Uri ? given : (activeFile() ?? (await chooseFile()));
      if (uri) await vscode.commands.executeCommand('vscode.openWith', uri, LIST_EDITOR);
    }),
  );
}

/** The file of the tab in front, also of one that is too large for the editor. */
function activeFile(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  const isFile = input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom;
  return isFile && isDatasetFile(input.uri) ? input.uri : undefined;
}

async function chooseFile(): Promise<vscode.Uri | undefined> {
  const filters = { [vscode.l10n.t('Data Sets')]: DIALOG_EXTENSIONS };
  const [chosen] = (await vscode.window.showOpenDialog({ filters })) ?? [];
  return chosen;
}
