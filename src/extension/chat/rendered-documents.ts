import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { RenderedChat } from '../../shared/chat';
import { sentence, VitrineError } from '../../shared/errors';
import { Debounced } from '../debounced';
import { errorText } from '../error-text';
import type { ChatDocuments, ConversationPlace } from './chat-documents';
import type { ChatText } from './chat-text';

export const RENDERED_SCHEME = 'vitrine-chat';

/** A pause in typing after which prompts follow. */
const PAUSE_MS = 150;

/** Which conversation of which document. */
interface Address extends ConversationPlace {
  document: string;
}

/** A prompt, and what of it is whose. */
type Prompt = Pick<RenderedChat, 'text' | 'parts'>;

/** Prompts as documents that can only be read, and follow the conversations that they are of. */
export class RenderedDocuments
  implements vscode.TextDocumentContentProvider, vscode.CodeLensProvider, vscode.Disposable
{
  readonly #chats: ChatDocuments;
  readonly #rendered = new Map<string, RenderedChat>();
  /** Why a prompt is one of before, by its address. */
  readonly #outdated = new Map<string, string>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #lensesChanged = new vscode.EventEmitter<void>();
  readonly #follow = new Debounced(() => this.#renew(), PAUSE_MS);
  readonly #subscriptions: vscode.Disposable;
  /** Prompts in documents of their own, of exported pages. */
  readonly #opened = new WeakMap<vscode.TextDocument, Prompt>();

  readonly onDidChange = this.#changed.event;
  readonly onDidChangeCodeLenses = this.#lensesChanged.event;

  constructor(chats: ChatDocuments) {
    this.#chats = chats;
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      this.#lensesChanged,
      this.#follow,
      this.#follow.requestOn(chats.onDidRender, chats.onDidChange),
      vscode.workspace.registerTextDocumentContentProvider(RENDERED_SCHEME, this),
      vscode.languages.registerCodeLensProvider({ scheme: RENDERED_SCHEME }, this),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (document.uri.scheme !== RENDERED_SCHEME) this.#follow.request();
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        this.#rendered.delete(uri.toString());
        this.#outdated.delete(uri.toString());
      }),
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
    const key = uri.toString();
    const before = this.#rendered.get(key);
    try {
      const { rendered } = await this.#find(uri, before !== undefined);
      this.#rendered.set(key, rendered);
      this.#setOutdated(key, undefined);
      return rendered.text;
    } catch (error) {
      this.#setOutdated(key, before && errorText(error));
      return before?.text ?? errorText(error);
    }
  }

  provideCodeLenses({ uri }: vscode.TextDocument): vscode.CodeLens[] {
    const reason = this.#outdated.get(uri.toString());
    if (reason === undefined) return [];
    const title = vscode.l10n.t('This is how it was before: {0}', reason);
    return [new vscode.CodeLens(new vscode.Range(0, 0, 0, 0), { title, command: '' })];
  }

  /** Opens the prompt of a conversation beside its document. */
  async show(document: vscode.TextDocument, { conversation }: ChatText): Promise<vscode.TextEditor> {
    const { line, index } = this.#chats.placeOf(document, conversation);
    const name = vscode.l10n.t('{0}, line {1}, as the model reads it', nameOf(document), String(line + 1));
    const title = conversation.answer ? `${name} (${conversation.answer})` : name;
    const address: Address = { document: document.uri.toString(), line, index };
    const uri = vscode.Uri.from({ scheme: RENDERED_SCHEME, path: `/${title}`, query: JSON.stringify(address) });
    const shown = await vscode.workspace.openTextDocument(uri);
    return vscode.window.showTextDocument(shown, { viewColumn: vscode.ViewColumn.Beside, preview: true });
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  /** @param isShown whether it was found before: then nothing is opened for it */
  async #find({ query }: vscode.Uri, isShown: boolean): Promise<ChatText> {
    const { document: source, ...place } = JSON.parse(query) as Address;
    const uri = vscode.Uri.parse(source);
    const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === source);
    if (!open && isShown) throw closed(basename(uri.path));
    const document = open ?? (await vscode.workspace.openTextDocument(uri));
    const text = await this.#chats.textAt(document, place);
    if (!text) throw gone(nameOf(document), place.line);
    return text;
  }

  #setOutdated(key: string, reason: string | undefined): void {
    if (this.#outdated.get(key) === reason) return;
    if (reason === undefined) this.#outdated.delete(key);
    else this.#outdated.set(key, reason);
    this.#lensesChanged.fire();
  }

  #renew(): void {
    for (const { uri } of vscode.workspace.textDocuments) if (uri.scheme === RENDERED_SCHEME) this.#changed.fire(uri);
  }
}

/** Of a cell of a notebook also which that is. */
function nameOf(document: vscode.TextDocument): string {
  const cells = vscode.workspace.notebookDocuments.flatMap((notebook) => notebook.getCells());
  const cell = cells.find((other) => other.document === document);
  const name = basename(document.uri.path);
  return cell ? vscode.l10n.t('{0}, cell {1}', name, String(cell.index + 1)) : name;
}

const closed = (name: string) => new VitrineError('chat.closed', sentence`${name} is closed.`);

const gone = (name: string, line: number) =>
  new VitrineError('chat.noneHere', sentence`No conversation begins in line ${line + 1} of ${name}.`);
