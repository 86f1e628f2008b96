import { basename, extname } from 'node:path';
import * as vscode from 'vscode';
import type { DatasetList } from '../../datasets/list/dataset-list';
import type { ChatDocuments } from '../chat/chat-documents';

const SCHEME = 'vitrine-line';

/** What the editor gives to its extensions as a document: of larger files they see nothing. */
const LARGEST_DOCUMENT_BYTES = 50 * 2 ** 20;

/**
 * Opens rows: a line of conversations in its document, or, where that is too large for the editor, as a read-only document
 * of its own, as any other text of a data set.
 */
export class SingleLines implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #chats: ChatDocuments;
  readonly #texts = new Map<string, string>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #subscriptions = vscode.Disposable.from(
    this.#changed,
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, this),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#texts.delete(uri.toString())),
  );

  readonly onDidChange = this.#changed.event;

  constructor(chats: ChatDocuments) {
    this.#chats = chats;
  }

  provideTextDocumentContent(uri: vscode.Uri): string | undefined {
    return this.#texts.get(uri.toString());
  }

  /** A text by itself, a conversation in its file. @param line counted from 0 */
  async open(file: vscode.Uri, list: DatasetList, line: number): Promise<void> {
    if (list.state.holds === 'texts') {
      await show(this.#alone(file, `${line + 1}.txt`, await list.textOf(line)));
      return;
    }
    const place = await placeInFile(list, line);
    const uri = place?.uri ?? this.#alone(file, `${line + 1}.jsonl`, await list.textOf(line));
    const document = await show(uri, place?.line);
    if (!this.#chats.isApart(document)) await this.#chats.read(document);
  }

  /** In its file, where an editor shows that. */
  async openInFile(file: vscode.Uri, list: DatasetList, line: number): Promise<void> {
    const place = await placeInFile(list, line);
    if (place) await show(place.uri, place.line);
    else await this.open(file, list, line);
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  #alone(file: vscode.Uri, ending: string, text: string): vscode.Uri {
    const name = basename(file.path, extname(file.path));
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${name}.${ending}`, query: file.toString() });
    const key = uri.toString();
    const isChanged = this.#texts.has(key) && this.#texts.get(key) !== text;
    this.#texts.set(key, text);
    // A document that is open has the text of before, where the file has changed.
    if (isChanged) this.#changed.fire(uri);
    return uri;
  }
}

/** Undefined where a row is no line of a text, or of one that the editor does not give to its extensions. */
async function placeInFile(list: DatasetList, row: number): Promise<{ uri: vscode.Uri; line: number } | undefined> {
  const place = list.placeOf(row);
  if (!place) return undefined;
  const uri = vscode.Uri.file(place.path);
  const { size } = await vscode.workspace.fs.stat(uri);
  return size > LARGEST_DOCUMENT_BYTES ? undefined : { uri, line: place.line };
}

async function show(uri: vscode.Uri, line = 0): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document, { selection: new vscode.Range(line, 0, line, 0) });
  return document;
}
