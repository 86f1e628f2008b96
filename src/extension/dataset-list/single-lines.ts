import { basename } from 'node:path';
import * as vscode from 'vscode';
import { LineFile } from '../../datasets/file/line-file';
import type { ChatDocuments } from '../chat/chat-documents';

const SCHEME = 'vitrine-line';

/** What the editor gives to its extensions as a document: of larger files they see nothing. */
const LARGEST_DOCUMENT_BYTES = 50 * 2 ** 20;

/** Opens lines: in their document, or, where that is too large for the editor, each as a read-only document of its own. */
export class SingleLines implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #chats: ChatDocuments;
  readonly #texts = new Map<string, string>();
  readonly #registration = vscode.workspace.registerTextDocumentContentProvider(SCHEME, this);
  readonly #closing = vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#texts.delete(uri.toString()));

  constructor(chats: ChatDocuments) {
    this.#chats = chats;
  }

  provideTextDocumentContent(uri: vscode.Uri): string | undefined {
    return this.#texts.get(uri.toString());
  }

  /** @param line counted from 0 */
  async open(file: vscode.Uri, bytes: number, line: number): Promise<void> {
    const isLarge = bytes > LARGEST_DOCUMENT_BYTES;
    const at = new vscode.Position(isLarge ? 0 : line, 0);
    const document = await vscode.workspace.openTextDocument(isLarge ? await this.#alone(file, line) : file);
    await vscode.window.showTextDocument(document, { selection: new vscode.Range(at, at) });
    if (!this.#chats.isApart(document)) await this.#chats.read(document);
  }

  dispose(): void {
    vscode.Disposable.from(this.#registration, this.#closing).dispose();
  }

  async #alone(file: vscode.Uri, line: number): Promise<vscode.Uri> {
    const lines = await LineFile.open(file.fsPath);
    try {
      await lines.index({ signal: new AbortController().signal, progress: () => {} });
      const [found] = await lines.lines(line, 1);
      const name = basename(file.path, '.jsonl');
      const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${name}.${line + 1}.jsonl`, query: file.toString() });
      this.#texts.set(uri.toString(), found?.text ?? '');
      return uri;
    } finally {
      await lines.close();
    }
  }
}
