import * as vscode from 'vscode';
import type { EngineHost } from '../engine/engine-host';
import { registerCommand } from '../register-command';
import { spokenLanguage } from '../spoken-language';
import { type ExampleFolders, exampleFolders, openCopy } from './copied-example';
import { type Example, exampleList } from './example-list';
import { offerSpanish } from './offer-spanish';

/** What these show begins at the token under the cursor. */
const FROM_CURSOR: readonly unknown[] = [
  'vitrine.attentionFromCursor',
  'vitrine.inspectSelection',
  'vitrine.tokens.focus',
];

/** These take away what they show where it is shown already. */
const TOGGLES: readonly unknown[] = [
  'vitrine.toggleBands',
  'vitrine.colourBySurprisal',
  'vitrine.attentionFromCursor',
  'vitrine.whyThisToken',
];

/**
 * The command that opens one of the examples that come with Vitrine. It takes the example's file name, or else asks for it, and
 * commands that show something in it at once.
 */
export function registerExamples(context: vscode.ExtensionContext, host: EngineHost): vscode.Disposable {
  const folders = exampleFolders(context);
  return registerCommand('vitrine.openExample', async (wanted?: unknown, ...commands: unknown[]) => {
    const examples = exampleList(vscode.l10n.t, spokenLanguage());
    const example = examples.find(({ file }) => file === wanted) ?? (await choose(examples));
    if (!example) return;
    await open(folders, example.file, commands);
    if (example.needsSpanish) await offerSpanish(host);
  });
}

async function choose(examples: readonly Example[]): Promise<Example | undefined> {
  const items = examples.map((example) => ({ label: example.file, detail: example.about, example }));
  return (await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Choose an example') }))?.example;
}

/** In front; or with what is to be shown in it, beside what asks for that. */
async function open(folders: ExampleFolders, file: string, commands: readonly unknown[]): Promise<void> {
  const viewColumn = vscode.ViewColumn[commands.length > 0 ? 'Beside' : 'Active'];
  const editor = await openCopy(folders, file, { viewColumn, preview: false });
  const cursor = cursorFor(commands, editor.document);
  editor.selection = new vscode.Selection(cursor, cursor);
  if (commands.some((command) => TOGGLES.includes(command)))
    await vscode.commands.executeCommand('vitrine.clearDecorations');
  for (const command of commands) await vscode.commands.executeCommand(String(command));
}

/** Where commands find what they show; else where the editor marks no word that the cursor is on: the marks would hide the colours. */
function cursorFor(commands: readonly unknown[], document: vscode.TextDocument): vscode.Position {
  const { text, range } = document.lineAt(0);
  if (commands.includes('vitrine.numberLens')) return range.start;
  const isFromCursor = commands.some((command) => FROM_CURSOR.includes(command));
  return isFromCursor ? new vscode.Position(0, Math.max(0, text.length - 2)) : range.end;
}
