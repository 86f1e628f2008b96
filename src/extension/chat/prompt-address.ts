import { basename } from 'node:path';
import * as vscode from 'vscode';
import { answerName } from './chat-count-text';
import type { ChatDocuments, ConversationPlace } from './chat-documents';
import type { ChatText } from './chat-text';

export const RENDERED_SCHEME = 'vitrine-chat';

/** Which conversation of which document a prompt is of, and whether the model in use reads it or the one that it is held against. */
export interface PromptAddress extends ConversationPlace {
  document: string;
  reader: 'a' | 'b';
}

/** Where the prompt of a conversation is opened. @param label of the model that reads it, where there are two */
export function promptUri(
  chats: ChatDocuments,
  document: vscode.TextDocument,
  { conversation }: ChatText,
  reader: PromptAddress['reader'],
  label: string | undefined,
): vscode.Uri {
  const { t } = vscode.l10n;
  const place = chats.placeOf(document, conversation);
  const name = nameOf(document);
  const line = String(place.line + 1);
  const title =
    label === undefined
      ? t('{0}, line {1}, as the model reads it', name, line)
      : t('{0}, line {1}, as {2} reads it', name, line, label);
  const address: PromptAddress = { document: document.uri.toString(), reader, ...place };
  const { answer } = conversation;
  const path = `/${(answer ? `${title} (${answerName(answer, t)})` : title).replaceAll('/', '∕')}`;
  return vscode.Uri.from({ scheme: RENDERED_SCHEME, path, query: JSON.stringify(address) });
}

export const addressOf = ({ query }: vscode.Uri): PromptAddress => JSON.parse(query);

/** Of a cell of a notebook also which that is. */
export function nameOf(document: vscode.TextDocument): string {
  const cells = vscode.workspace.notebookDocuments.flatMap((notebook) => notebook.getCells());
  const cell = cells.find((other) => other.document === document);
  const name = basename(document.uri.path);
  return cell ? vscode.l10n.t('{0}, cell {1}', name, String(cell.index + 1)) : name;
}
