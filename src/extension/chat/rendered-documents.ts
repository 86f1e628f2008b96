import { basename } from 'node:path';
import * as vscode from 'vscode';
import { renderChat } from '../../chat/render';
import type { Conversation, PreferenceTexts, RenderedChat } from '../../shared/chat';
import { sentence, VitrineError } from '../../shared/errors';
import type { Comparison } from '../comparison/comparison';
import { nothingCompared } from '../comparison/nothing-compared';
import { Debounced } from '../debounced';
import { errorText } from '../error-text';
import type { ChatDocuments } from './chat-documents';
import type { ChatText } from './chat-text';
import { addressOf, nameOf, promptUri, RENDERED_SCHEME } from './prompt-address';

/** A pause in typing after which prompts follow. */
const PAUSE_MS = 150;

const BESIDE: vscode.TextDocumentShowOptions = { viewColumn: vscode.ViewColumn.Beside, preview: true };

/** A prompt, and what of it is whose. */
type Prompt = Pick<RenderedChat, 'text' | 'parts'>;

/** Prompts as documents that can only be read, and follow the conversations that they are of. */
export class RenderedDocuments
  implements vscode.TextDocumentContentProvider, vscode.CodeLensProvider, vscode.Disposable
{
  readonly #chats: ChatDocuments;
  readonly #comparison: Comparison;
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

  constructor(chats: ChatDocuments, comparison: Comparison) {
    this.#chats = chats;
    this.#comparison = comparison;
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      this.#lensesChanged,
      this.#follow,
      this.#follow.requestOn(chats.onDidRender, chats.onDidChange, comparison.onDidChange),
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

  /** Both answers, where a document shows the prompt of one of two. */
  pairOf({ uri }: vscode.TextDocument): PreferenceTexts | undefined {
    if (uri.scheme !== RENDERED_SCHEME) return undefined;
    const { document, ...place } = addressOf(uri);
    const source = openDocument(document);
    return source && this.#chats.pairAt(source, place);
  }

  /** Another document has a prompt for its text, as long as nobody edits it. */
  opened(document: vscode.TextDocument, prompt: Prompt): void {
    this.#opened.set(document, prompt);
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const key = uri.toString();
    const before = this.#rendered.get(key);
    try {
      const rendered = await this.#render(uri, before !== undefined);
      this.#rendered.set(key, rendered);
      this.#setOutdated(key, undefined);
      return rendered.text;
    } catch (error) {
      this.#setOutdated(key, before && errorText(error));
      return before?.text ?? errorText(error);
    }
  }

  provideCodeLenses({ uri }: vscode.TextDocument): vscode.CodeLens[] {
    const { t } = vscode.l10n;
    const reason = this.#outdated.get(uri.toString());
    const { state } = this.#comparison;
    const isOfB = addressOf(uri).reader === 'b';
    const titles = [
      ...(reason === undefined ? [] : [t('This is how it was before: {0}', reason)]),
      ...(isOfB && state
        ? [t('Colour by Difference has {0} read the prompt of {1}.', state.b.label, state.a.label)]
        : []),
    ];
    return titles.map((title) => new vscode.CodeLens(new vscode.Range(0, 0, 0, 0), { title, command: '' }));
  }

  /** Opens the prompt of a conversation, by default beside its document. */
  show(
    document: vscode.TextDocument,
    text: ChatText,
    options: vscode.TextDocumentShowOptions = BESIDE,
  ): Promise<vscode.TextEditor> {
    return this.#open(promptUri(this.#chats, document, text, 'a', this.#comparison.state?.a.label), options);
  }

  /** Beside that, where another model is held against the one in use whose template writes the conversation otherwise, its prompt. */
  async showOfOther(document: vscode.TextDocument, text: ChatText): Promise<void> {
    if (!this.#comparison.state) return;
    const isSame = await this.#renderedByB(text.conversation).then(
      (rendered) => rendered.text === text.text,
      () => false,
    );
    const { state } = this.#comparison;
    if (!isSame && state) await this.#open(promptUri(this.#chats, document, text, 'b', state.b.label), BESIDE);
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  async #open(uri: vscode.Uri, options: vscode.TextDocumentShowOptions): Promise<vscode.TextEditor> {
    return vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), options);
  }

  /** @param isShown whether it was found before: then nothing is opened for it */
  async #render(uri: vscode.Uri, isShown: boolean): Promise<RenderedChat> {
    const { document: source, reader, ...place } = addressOf(uri);
    const sourceUri = vscode.Uri.parse(source);
    const open = openDocument(source);
    if (!open && isShown) throw closed(basename(sourceUri.path));
    const document = open ?? (await vscode.workspace.openTextDocument(sourceUri));
    const text = await this.#chats.textAt(document, place);
    if (!text) throw gone(nameOf(document), place.line);
    return reader === 'a' ? text.rendered : this.#renderedByB(text.conversation);
  }

  async #renderedByB(conversation: Conversation): Promise<RenderedChat> {
    const { b, state } = this.#comparison;
    if (!b || !state) throw nothingCompared();
    const template = await b.texts.engine.chatTemplate({});
    if (!template) throw noTemplate(state.b.label);
    return renderChat(template, conversation);
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

/** @param address its uri */
const openDocument = (address: string) => vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === address);

const closed = (name: string) => new VitrineError('chat.closed', sentence`${name} is closed.`);

const noTemplate = (name: string) =>
  new VitrineError('chat.noTemplateOfB', sentence`${name} has no chat template of its own.`);

const gone = (name: string, line: number) =>
  new VitrineError('chat.noneHere', sentence`No conversation begins in line ${line + 1} of ${name}.`);
