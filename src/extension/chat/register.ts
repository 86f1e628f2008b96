import * as vscode from 'vscode';
import { VitrineError } from '../../shared/errors';
import type { Decorations } from '../decorations/decorations';
import { selectedSpans } from '../documents/spans';
import { registerCommand } from '../register-command';
import type { Services } from '../services';
import { TextContext } from '../text-context';
import type { ConversationPlace } from './chat-documents';
import { ChatLenses } from './chat-lenses';
import type { ChatText } from './chat-text';
import type { RenderedDocuments } from './rendered-documents';
import { noConversationHere } from './selected-chats';

/** The commands for texts that are read as chats, and what stands above conversations. */
export function registerChats(
  services: Services,
  decorations: Decorations,
  rendered: RenderedDocuments,
): vscode.Disposable {
  const { chats, activeText } = services;
  const mayHaveChanged = new vscode.EventEmitter<void>();
  const fire = () => mayHaveChanged.fire();
  /** A conversation, and an editor that shows it. @param place where it begins; by default that at the cursor */
  const conversationAt = async (uri: unknown, place: unknown): Promise<[vscode.TextEditor, ChatText]> => {
    const editor = editorOf(uri) ?? activeText.get();
    const text = place
      ? await chats.textAt(editor.document, place as ConversationPlace)
      : await chats.textAtCursor(editor);
    if (!text) throw noConversationHere();
    return [editor, text];
  };
  return vscode.Disposable.from(
    mayHaveChanged,
    chats.onDidChange(fire),
    vscode.workspace.onDidChangeTextDocument(({ document }) => document === activeText.document && fire()),
    new TextContext(
      'vitrine.isChat',
      (text) => chats.isApart(text) || chats.isChat(text),
      activeText,
      mayHaveChanged.event,
    ),
    new TextContext('vitrine.readAsChat', (text) => chats.isApart(text), activeText, mayHaveChanged.event),
    new ChatLenses(services),
    registerCommand('vitrine.readAsChat', async () => {
      const { document } = activeText.get();
      if (chats.isApart(document)) chats.leave(document);
      else await chats.read(document);
    }),
    registerCommand('vitrine.readSelectionAsMessage', async () => {
      const editor = activeText.get();
      const [span] = selectedSpans(editor);
      if (!span || editor.selection.isEmpty) throw nothingSelected();
      await chats.readAsMessage(editor.document, span);
      // The selection would hide what is drawn over it.
      editor.selection = new vscode.Selection(editor.selection.active, editor.selection.active);
    }),
    registerCommand('vitrine.showRenderedChat', async (uri, place) => {
      const [{ document }, text] = await conversationAt(uri, place);
      const shown = await rendered.show(document, text);
      const colours = decorations.coloursOf(document);
      // The same again would take them away.
      if (colours && colours !== decorations.coloursOf(shown.document)) await decorations.toggleHeat(shown, colours);
      await rendered.showOfOther(document, text);
    }),
    // What the inspector shows is all that the model reads. It has the room beside: the prompt opens where its document is.
    registerCommand('vitrine.inspectConversation', async (uri, place) => {
      const [{ document, viewColumn = vscode.ViewColumn.Active }, text] = await conversationAt(uri, place);
      const shown = await rendered.show(document, text, { viewColumn, preview: false });
      selectFirstScored(shown, text);
      await vscode.commands.executeCommand('vitrine.inspectSelection');
    }),
  );
}

/** Puts the cursor, where nobody has moved it yet, before the first token that training counts: nothing predicts the very first. */
function selectFirstScored(editor: vscode.TextEditor, { rendered: { parts } }: ChatText): void {
  const first = parts.find(({ kind, isScored }) => isScored && kind === 'content');
  const { anchor, active } = editor.selection;
  if (!first || editor.document.offsetAt(anchor) > 0 || editor.document.offsetAt(active) > 0) return;
  const place = editor.document.positionAt(first.start);
  editor.selection = new vscode.Selection(place, place);
}

/** The editor that shows a document. @param uri as a lens hands it on */
function editorOf(uri: unknown): vscode.TextEditor | undefined {
  return vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === `${uri}`);
}

const nothingSelected = () =>
  new VitrineError('chat.noSelection', vscode.l10n.t('Select the text that is to be read as what a user says first.'));
