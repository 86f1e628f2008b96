import { join } from 'node:path';
import * as vscode from 'vscode';
import type { VitrineApi, VitrineSelection } from '../../../src/extension/api/vitrine';
import { until } from '../../support/processes';
import { openedFolder, reporting } from './report';

/** Where the cursor goes in each: into the second line. */
const TEXT = 'The mouse\r\nate the cheese.';
const CURSOR = new vscode.Position(1, 5);
const CURSORS = 300;

export type DocumentsReport = Awaited<ReturnType<typeof report>>;

/** What comes of documents of every kind, and of texts that go away while they are read. */
async function report() {
  const api: VitrineApi | undefined = await vscode.extensions.getExtension<VitrineApi>('vitrine.vitrine')?.activate();
  if (!api) throw new Error('the extension is not there');
  await showUntitled();
  await vscode.commands.executeCommand('vitrine.toggleBands');
  const tokens: Record<string, string> = {};
  for (const [kind, show] of Object.entries(KINDS)) tokens[kind] = await tokenAtCursor(api, await show());
  await manyCursors();
  await goneMeanwhile();
  return { tokens, after: await tokenAtCursor(api, await showUntitled()) };
}

export const run = reporting(report);

const KINDS: Record<string, () => Promise<vscode.TextEditor>> = {
  untitled: showUntitled,
  'with CRLF': () => showFile('crlf.txt'),
  'read-only': async () => {
    const provider = { provideTextDocumentContent: () => TEXT };
    vscode.workspace.registerTextDocumentContentProvider('readonly', provider);
    return vscode.window.showTextDocument(vscode.Uri.parse('readonly:text.txt'));
  },
  'in a diff': async () => {
    const [left, right] = ['short.txt', 'crlf.txt'].map((name) => vscode.Uri.file(join(openedFolder(), name)));
    await vscode.commands.executeCommand('vscode.diff', left, right);
    return active();
  },
  'in a notebook': async () => {
    const cell = new vscode.NotebookCellData(vscode.NotebookCellKind.Code, TEXT, 'python');
    const notebook = await vscode.workspace.openNotebookDocument('jupyter-notebook', new vscode.NotebookData([cell]));
    await vscode.window.showNotebookDocument(notebook);
    await vscode.commands.executeCommand('notebook.cell.edit');
    return active();
  },
};

async function showUntitled(): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content: TEXT }));
}

async function showFile(name: string): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(vscode.Uri.file(join(openedFolder(), name)));
}

/** The editor that has the focus, which it gets a while after the command. */
async function active(): Promise<vscode.TextEditor> {
  let found: vscode.TextEditor | undefined;
  await until(() => {
    found = vscode.window.activeTextEditor;
    return /mouse\r?\nate/.test(found?.document.getText() ?? '');
  }, 'the editor has the focus');
  return found as vscode.TextEditor;
}

/** The text of the token that the extension tells of, once the cursor is there. */
async function tokenAtCursor(api: VitrineApi, editor: vscode.TextEditor): Promise<string> {
  const { document } = editor;
  const told = new Promise<VitrineSelection>((resolve) => {
    const listening = api.onDidChangeSelection((selection) => {
      if (selection.uri.toString() !== document.uri.toString() || selection.token.start === 0) return;
      listening.dispose();
      resolve(selection);
    });
  });
  editor.selection = new vscode.Selection(CURSOR, CURSOR);
  const { start, end } = (await told).token;
  return document.getText(new vscode.Range(document.positionAt(start), document.positionAt(end)));
}

/** Colours what 300 cursors have selected, and types at each of them. */
async function manyCursors(): Promise<void> {
  const editor = await showFile('long.txt');
  editor.selections = Array.from({ length: CURSORS }, (_, line) => new vscode.Selection(line, 0, line, 9));
  await vscode.commands.executeCommand('vitrine.colourBySurprisal');
  await vscode.commands.executeCommand('type', { text: 'A' });
  await vscode.commands.executeCommand('workbench.action.files.revert');
}

/** A text that is edited, saved, renamed and closed while the model reads it. */
async function goneMeanwhile(): Promise<void> {
  const editor = await showFile('long.txt');
  const { uri } = editor.document;
  const colouring = vscode.commands.executeCommand('vitrine.colourBySurprisal');
  await editor.edit((edit) => edit.insert(CURSOR, 'word'));
  await editor.document.save();
  const rename = new vscode.WorkspaceEdit();
  rename.renameFile(uri, uri.with({ path: `${uri.path}.renamed` }));
  await vscode.workspace.applyEdit(rename);
  await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  await colouring;
}
