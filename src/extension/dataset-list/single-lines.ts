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

  /** @param line counted from 0 */
  async open(file: vscode.Uri, list: DatasetList, line: number): Promise<void> {
    const { holds, bytes } = list.state;
    const isText = holds === 'texts';
    const isAlone = isText || bytes > LARGEST_DOCUMENT_BYTES;
    const at = new vscode.Position(isAlone ? 0 : line, 0);
    const ending = isText ? 'txt' : 'jsonl';
    const uri = isAlone ? this.#alone(file, `${line + 1}.${ending}`, await list.textOf(line)) : file;
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document, { selection: new vscode.Range(at, at) });
    if (!isText && !this.#chats.isApart(document)) await this.#chats.read(document);
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
