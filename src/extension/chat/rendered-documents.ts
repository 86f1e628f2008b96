import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { RenderedChat } from '../../shared/chat';
import { Debounced } from '../debounced';
import { errorText } from '../error-text';
import type { ChatDocuments } from './chat-documents';
import type { ChatText } from './chat-text';

export const RENDERED_SCHEME = 'vitrine-chat';

/** A pause in typing after which prompts follow. */
const PAUSE_MS = 150;

/** Which conversation of which document: that of a line, counted from 0, and of a pair of answers one. */
interface Address {
  document: string;
  line: number;
  answer?: string | undefined;
}

/** A prompt, and what of it is whose. */
type Prompt = Pick<RenderedChat, 'text' | 'parts'>;

/** Prompts as documents that can only be read, and follow the conversations that they are of. */
export class RenderedDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #chats: ChatDocuments;
  readonly #rendered = new Map<string, RenderedChat>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #follow = new Debounced(() => this.#renew(), PAUSE_MS);
  readonly #subscriptions: vscode.Disposable;
  /** Prompts in documents of their own, of exported pages. */
  readonly #opened = new WeakMap<vscode.TextDocument, Prompt>();

  readonly onDidChange = this.#changed.event;

  constructor(chats: ChatDocuments) {
    this.#chats = chats;
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      this.#follow,
      this.#follow.requestOn(chats.onDidRender, chats.onDidChange),
      vscode.workspace.registerTextDocumentContentProvider(RENDERED_SCHEME, this),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (document.uri.scheme !== RENDERED_SCHEME) this.#follow.request();
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#rendered.delete(uri.toString())),
    );
  }

  /** The prompt that a document shows; undefined where it is none, or not that any longer. */
  get(document: vscode.TextDocument): Prompt | undefined {
    const rendered = this.#opened.get(document) ?? this.#rendered.get(document.uri.toString());
    return rendered?.text.replaceAll('\r\n', '\n') === document.getText() ? rendered : undefined;
  }

  /** Another document has a prompt for its text, as long as nobody edits it. */
  opened(document: vscode.TextDocument, prompt: Prompt): void {
    this.#opened.set(document, prompt);
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const before = this.#rendered.get(uri.toString());
    try {
      const rendered = (await this.#find(uri))?.rendered ?? before;
      if (rendered) this.#rendered.set(uri.toString(), rendered);
      return rendered?.text ?? '';
    } catch (error) {
      return before?.text ?? errorText(error);
    }
  }

  /** Opens the prompt of a conversation beside its document. */
  async show(document: vscode.TextDocument, { conversation }: ChatText): Promise<vscode.TextEditor> {
    const { line } = document.positionAt(conversation.span.start);
    const title = vscode.l10n.t('{0}, line {1}, as the model reads it', basename(document.uri.path), String(line + 1));
    const address: Address = { document: document.uri.toString(), line, answer: conversation.answer };
    const uri = vscode.Uri.from({ scheme: RENDERED_SCHEME, path: `/${title}`, query: JSON.stringify(address) });
    const shown = await vscode.workspace.openTextDocument(uri);
    return vscode.window.showTextDocument(shown, { viewColumn: vscode.ViewColumn.Beside, preview: true });
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  async #find({ query }: vscode.Uri): Promise<ChatText | undefined> {
    const { document: uri, line, answer } = JSON.parse(query) as Address;
    const document = vscode.workspace.textDocuments.find((open) => open.uri.toString() === uri);
    if (!document) return undefined;
    const at = document.offsetAt(new vscode.Position(line, 0));
    const texts = await this.#chats.textsIn(document, [{ start: at, end: at }]);
    return texts.find(({ conversation }) => conversation.answer === answer);
  }

  #renew(): void {
    for (const { uri } of vscode.workspace.textDocuments) if (uri.scheme === RENDERED_SCHEME) this.#changed.fire(uri);
  }
}
