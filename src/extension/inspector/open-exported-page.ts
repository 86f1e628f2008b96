import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { RenderedDocuments } from '../chat/rendered-documents';
import type { Services } from '../services';
import { type ExportedSession, readExportedPage } from './exported-page';
import type { Inspector } from './inspector';
import { Target } from './target';

/**
 * Opens an exported page as the session that it was saved from: its text in a document of its own, and the inspector on it
 * with the same view and selection, and the same heads off.
 *
 * @param given where it is; by default a person is asked
 */
export async function openExportedPage(
  inspector: Inspector,
  { host, readings }: Pick<Services, 'host' | 'readings'>,
  open: () => void,
  given: unknown,
): Promise<void> {
  const uri = given instanceof vscode.Uri ? given : await choose();
  if (!uri) return;
  const html = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  const session = readExportedPage(basename(uri.path), html);
  const editor = await openText(session, inspector.rendered);
  const { store, inspection } = inspector;
  const { layer, head } = session.selected;
  store.change({ selected: { token: undefined, layer, head } });
  inspector.show(session.view, {});
  open();
  await inspection.inspect(Target.of(editor), session.select);
  const { model } = host;
  // Where the view needed no model, there is none to compare.
  if (model?.sha256 === session.model.sha256) readings.ablated = session.ablated;
  else if (model) await tellOfModel(session, model.name);
  const { view, comparedWith } = session;
  const isCompared = comparedWith === store.state.comparison?.b.label;
  if (view === 'difference' && comparedWith && !isCompared) await tellOfComparison(comparedWith);
}

async function choose(): Promise<vscode.Uri | undefined> {
  const title = vscode.l10n.t('Open an exported page');
  const [uri] = (await vscode.window.showOpenDialog({ title, filters: { HTML: ['html'] } })) ?? [];
  return uri;
}

/** What was selected is selected. */
async function openText(
  { text, shown, select, parts }: ExportedSession,
  rendered: RenderedDocuments,
): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument({ content: text });
  if (parts) rendered.opened(document, { text, parts });
  const editor = await vscode.window.showTextDocument(document, { preview: false });
  const isAll = shown.some(({ start, end }) => start === 0 && end >= text.length);
  if (!isAll && shown.length > 0) {
    editor.selections = shown.map(
      ({ start, end }) => new vscode.Selection(document.positionAt(start), document.positionAt(end)),
    );
  } else if (select !== undefined) {
    // Where the cursor is, the inspector follows it: it stands at the token that was selected.
    const at = document.positionAt(select);
    editor.selection = new vscode.Selection(at, at);
  }
  return editor;
}

/** A page holds what was compared, and not the other model. */
async function tellOfComparison(label: string): Promise<void> {
  const compareWith = vscode.l10n.t('Compare With…');
  const sentence = vscode.l10n.t(
    'The text was compared with {0}. Compare with it again to see the difference here.',
    label,
  );
  const chosen = await vscode.window.showInformationMessage(sentence, compareWith);
  if (chosen === compareWith) await vscode.commands.executeCommand('vitrine.compareWith');
}

async function tellOfModel({ model, ablated }: ExportedSession, name: string): Promise<void> {
  const chooseModel = vscode.l10n.t('Choose Model…');
  const sentence = vscode.l10n.t('This page was saved with {0}, and what you see is of {1}.', model.name, name);
  const heads = ablated.length > 0 ? [vscode.l10n.t('The heads that were off are on.')] : [];
  const chosen = await vscode.window.showInformationMessage([sentence, ...heads].join(' '), chooseModel);
  if (chosen === chooseModel) await vscode.commands.executeCommand('vitrine.chooseModel');
}
