import * as vscode from 'vscode';
import { conversationOfSelection, type FindingTrouble, type FoundConversations } from '../../chat/find-conversations';
import { renderChat } from '../../chat/render';
import type { Conversation } from '../../shared/chat';
import { VitrineError } from '../../shared/errors';
import type { Span } from '../../shared/tokens';
import { rangeOf } from '../documents/spans';
import type { ApartDocuments } from '../readings/apart';
import { isReplaced, shiftSpan } from '../readings/changed-part';
import type { ChatTemplates } from './chat-templates';
import { ChatText } from './chat-text';
import { Conversations, textKindOf } from './conversations';

/** In what way a document is read as a chat: by the conversations in it, or a part of it as what a user says. */
type Way = { kind: 'conversations' } | { kind: 'message'; span: Span };

/** What was made of a conversation. */
type Made = { text: ChatText } | { error: unknown };

/** Documents that are read as chats, and the prompts that their conversations are to the model. */
export class ChatDocuments implements ApartDocuments, vscode.Disposable {
  readonly #templates: ChatTemplates;
  readonly #conversations = new Conversations();
  /** By address. */
  readonly #ways = new Map<string, Way>();
  readonly #messages = new WeakMap<Way, { version: number; conversation: Conversation }>();
  #texts = new WeakMap<Conversation, Promise<Made>>();
  #made = new WeakMap<Conversation, Made>();
  readonly #changed = new vscode.EventEmitter<vscode.TextDocument>();
  readonly #rendered = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable;

  /** Fires when a document is read as a chat, or no longer is. */
  readonly onDidChange = this.#changed.event;

  /** Fires when prompts are there that were asked for, or are others. */
  readonly onDidRender = this.#rendered.event;

  constructor(templates: ChatTemplates) {
    this.#templates = templates;
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      this.#rendered,
      templates.onDidChange(() => {
        this.#texts = new WeakMap();
        this.#made = new WeakMap();
        this.#rendered.fire();
      }),
      vscode.workspace.onDidCloseTextDocument((document) => this.leave(document)),
      vscode.workspace.onDidChangeTextDocument((event) => this.#edited(event)),
    );
  }

  isApart(document: vscode.TextDocument): boolean {
    return this.#ways.has(document.uri.toString());
  }

  /** Whether conversations were found in a document, whether or not it is read as a chat. */
  isChat(document: vscode.TextDocument): boolean {
    return this.#conversations.isChat(document);
  }

  /** @throws VitrineError where there is no conversation, or the model has no template. */
  async read(document: vscode.TextDocument): Promise<void> {
    const found = this.#found(document, [firstSpan(document)]);
    if (!textKindOf(document) || found.conversations.length === 0) throw noConversation(found.troubles);
    await this.#templates.current();
    this.#begin(document, { kind: 'conversations' });
  }

  /** Reads a part of a document as what a user says. @throws VitrineError where the model has no template. */
  async readAsMessage(document: vscode.TextDocument, span: Span): Promise<void> {
    await this.#templates.current();
    this.#begin(document, { kind: 'message', span });
  }

  leave(document: vscode.TextDocument): void {
    if (this.#ways.delete(document.uri.toString())) this.#changed.fire(document);
  }

  /** The conversations that some spans of a document have a part in. */
  found(document: vscode.TextDocument, spans: readonly Span[]): FoundConversations {
    return this.#found(document, spans);
  }

  async textsIn(document: vscode.TextDocument, spans: readonly Span[]): Promise<readonly ChatText[]> {
    const { conversations } = this.#found(document, spans);
    const made = await Promise.all(conversations.map((conversation) => this.#make(conversation, conversations)));
    const texts = made.flatMap((one) => ('text' in one ? [one.text] : []));
    const failed = made.find((one) => 'error' in one);
    if (texts.length === 0 && failed && 'error' in failed) throw failed.error;
    return withCursorFirst(document, texts);
  }

  /** The same of those that are there already, in the order of the document; others are made, and then it is told. */
  knownIn(document: vscode.TextDocument, spans: readonly Span[]): ChatText[] {
    const { conversations } = this.#found(document, spans);
    const unknown = conversations.filter((conversation) => !this.#made.has(conversation));
    if (unknown.length > 0) {
      const making = unknown.map((conversation) => this.#make(conversation, conversations));
      void Promise.all(making).then(() => this.#rendered.fire());
    }
    return conversations.flatMap((conversation) => {
      const made = this.#made.get(conversation);
      return made && 'text' in made ? [made.text] : [];
    });
  }

  /** Has what is drawn over chats drawn anew: a vocabulary is there. */
  redraw(): void {
    this.#rendered.fire();
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  #begin(document: vscode.TextDocument, way: Way): void {
    this.#ways.set(document.uri.toString(), way);
    this.#changed.fire(document);
  }

  #found(document: vscode.TextDocument, spans: readonly Span[]): FoundConversations {
    const way = this.#ways.get(document.uri.toString());
    if (way?.kind === 'message') return { conversations: [this.#messageOf(document, way)], troubles: [] };
    const kind = textKindOf(document);
    return kind ? this.#conversations.in(document, kind, spans) : { conversations: [], troubles: [] };
  }

  #messageOf(document: vscode.TextDocument, way: Way & { kind: 'message' }): Conversation {
    const known = this.#messages.get(way);
    if (known?.version === document.version) return known.conversation;
    const conversation = conversationOfSelection(document.getText(rangeOf(document, way.span)), way.span.start);
    this.#messages.set(way, { version: document.version, conversation });
    return conversation;
  }

  async #make(conversation: Conversation, among: readonly Conversation[]): Promise<Made> {
    const known = this.#texts.get(conversation);
    if (known) return known;
    const texts = this.#made;
    const making = this.#render(conversation, among);
    this.#texts.set(conversation, making);
    const made = await making;
    texts.set(conversation, made);
    return made;
  }

  async #render(conversation: Conversation, among: readonly Conversation[]): Promise<Made> {
    try {
      const rendered = await renderChat(await this.#templates.current(), conversation);
      return { text: new ChatText(conversation, rendered, chosenBeside(conversation, among)) };
    } catch (error) {
      return { error };
    }
  }

  #edited({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    const way = this.#ways.get(document.uri.toString());
    if (way?.kind !== 'message' || contentChanges.length === 0) return;
    if (contentChanges.some((change) => isReplaced(way.span, change))) this.leave(document);
    else this.#ways.set(document.uri.toString(), { kind: 'message', span: contentChanges.reduce(shiftSpan, way.span) });
  }
}

/** Of a pair of answers, the conversation with the one that was chosen. */
function chosenBeside({ answer, span }: Conversation, among: readonly Conversation[]): Conversation | undefined {
  if (answer !== 'rejected') return undefined;
  return among.find((other) => other.answer === 'chosen' && other.span.start === span.start);
}

/** The conversation with the cursor is read first. */
function withCursorFirst(document: vscode.TextDocument, texts: readonly ChatText[]): readonly ChatText[] {
  const editor = vscode.window.visibleTextEditors.find((visible) => visible.document === document);
  const cursor = editor && document.offsetAt(editor.selection.active);
  const isCurrent = ({ span }: ChatText) => cursor !== undefined && span.start <= cursor && cursor <= span.end;
  return [...texts].sort((a, b) => Number(isCurrent(b)) - Number(isCurrent(a)));
}

/** Lines in which the first conversation is looked for. */
const FIRST_LINES = 100;

function firstSpan(document: vscode.TextDocument): Span {
  return { start: 0, end: document.offsetAt(new vscode.Position(FIRST_LINES, 0)) };
}

function noConversation([trouble]: readonly FindingTrouble[]): VitrineError {
  if (trouble) return new VitrineError('chat.none', trouble.sentence);
  return new VitrineError(
    'chat.none',
    vscode.l10n.t(
      'There is no conversation in this text. Vitrine reads chats in .jsonl and .json, in prompt files, and in Markdown with headings such as "## User". To read a part of any text as what a user says, select it and run Read Selection as a User\'s Message.',
    ),
  );
}
