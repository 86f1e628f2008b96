import * as vscode from 'vscode';
import { conversationOfSelection, type FindingTrouble, type FoundConversations } from '../../chat/find-conversations';
import { preferenceTexts } from '../../chat/preference-texts';
import type { Conversation, PreferenceTexts } from '../../shared/chat';
import { VitrineError } from '../../shared/errors';
import type { Span } from '../../shared/tokens';
import { rangeOf, spanOf } from '../documents/spans';
import type { ApartDocuments } from '../readings/apart';
import { isReplaced, shiftSpan } from '../readings/changed-part';
import type { ChatTemplates } from './chat-templates';
import type { ChatText } from './chat-text';
import { ChatTexts } from './chat-texts';
import { Conversations, textKindOf } from './conversations';
import { rememberChats, rememberedChats } from './remembered-chats';

/** In what way a document is read as a chat: by the conversations in it, or a part of it as what a user says. */
type Way = { kind: 'conversations' } | { kind: 'message'; span: Span };

/** The line that a conversation begins in, counted from 0, and which of those that begin there it is: of a pair of answers each. */
export interface ConversationPlace {
  line: number;
  index: number;
}

/** Documents that are read as chats, and the prompts that their conversations are to the model. */
export class ChatDocuments implements ApartDocuments, vscode.Disposable {
  readonly #templates: ChatTemplates;
  readonly #memento: vscode.Memento;
  readonly #conversations = new Conversations();
  readonly #texts: ChatTexts;
  /** By address. */
  readonly #ways: Map<string, Way>;
  readonly #messages = new WeakMap<Way, { version: number; conversation: Conversation }>();
  readonly #changed = new vscode.EventEmitter<vscode.TextDocument>();
  readonly #subscriptions: vscode.Disposable;

  /** Fires when a document is read as a chat, or no longer is. */
  readonly onDidChange = this.#changed.event;

  /** Fires when prompts are there that were asked for, or are others. */
  readonly onDidRender: vscode.Event<void>;

  /** @param memento of the window */
  constructor(templates: ChatTemplates, memento: vscode.Memento) {
    this.#templates = templates;
    this.#memento = memento;
    this.#ways = new Map(rememberedChats(memento).map((uri) => [uri, { kind: 'conversations' }]));
    this.#texts = new ChatTexts(templates);
    this.onDidRender = this.#texts.onDidRender;
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      this.#texts,
      vscode.workspace.onDidCloseTextDocument((document) => this.#closed(document)),
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
    const found = this.found(document, [firstSpan(document)]);
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
    if (this.#ways.delete(document.uri.toString())) this.#fire(document);
  }

  /** The conversations that some spans of a document have a part in. */
  found(document: vscode.TextDocument, spans: readonly Span[]): FoundConversations {
    const way = this.#ways.get(document.uri.toString());
    if (way?.kind === 'message') return { conversations: [this.#messageOf(document, way)], troubles: [] };
    const kind = textKindOf(document);
    return kind ? this.#conversations.in(document, kind, spans) : { conversations: [], troubles: [] };
  }

  /** Where a conversation begins. */
  placeOf(document: vscode.TextDocument, conversation: Conversation): ConversationPlace {
    const { line } = document.positionAt(conversation.span.start);
    return { line, index: this.#beginningIn(document, line).indexOf(conversation) };
  }

  /** What was made of the conversation at a place; undefined where none begins there. @throws VitrineError where it is refused */
  async textAt(document: vscode.TextDocument, { line, index }: ConversationPlace): Promise<ChatText | undefined> {
    const conversation = this.#beginningIn(document, line)[index];
    return conversation && this.textOf(document, conversation);
  }

  /** Both answers, where the conversation at a place ends with one of two. */
  pairAt(document: vscode.TextDocument, { line, index }: ConversationPlace): PreferenceTexts | undefined {
    const beginning = this.#beginningIn(document, line);
    return preferenceTexts(beginning.filter(({ span }) => span.start === beginning[index]?.span.start));
  }

  /** That of the conversation that the cursor is in; of a pair of answers, of that which it is in. @throws VitrineError */
  async textAtCursor({ document, selection }: vscode.TextEditor): Promise<ChatText | undefined> {
    const at = document.offsetAt(selection.active);
    const texts = await this.textsIn(document, [{ start: at, end: at }]);
    return texts.find((text) => text.has(at)) ?? texts[0];
  }

  /** A conversation as its template writes it. @throws VitrineError where it is refused */
  async textOf(document: vscode.TextDocument, conversation: Conversation): Promise<ChatText> {
    const { conversations } = this.found(document, [conversation.span]);
    const made = await this.#texts.make(conversation, conversations);
    if ('error' in made) throw made.error;
    return made.text;
  }

  async textsIn(document: vscode.TextDocument, spans: readonly Span[]): Promise<readonly ChatText[]> {
    const { conversations } = this.found(document, spans);
    const made = await Promise.all(conversations.map((conversation) => this.#texts.make(conversation, conversations)));
    const texts = made.flatMap((one) => ('text' in one ? [one.text] : []));
    const failed = made.find((one) => 'error' in one);
    if (texts.length === 0 && failed && 'error' in failed) throw failed.error;
    return withCursorFirst(document, texts);
  }

  /** The same of those that are there already, in the order of the document; others are made, and then it is told. */
  knownIn(document: vscode.TextDocument, spans: readonly Span[]): ChatText[] {
    return this.#texts.known(this.found(document, spans).conversations);
  }

  /** Has what is drawn over chats drawn anew: a vocabulary is there. */
  redraw(): void {
    this.#texts.redraw();
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  #begin(document: vscode.TextDocument, way: Way): void {
    this.#ways.set(document.uri.toString(), way);
    this.#fire(document);
  }

  #fire(document: vscode.TextDocument): void {
    const read = [...this.#ways].filter(([, { kind }]) => kind === 'conversations').map(([uri]) => uri);
    void rememberChats(this.#memento, read);
    this.#changed.fire(document);
  }

  /** Those of a line, counted from 0. */
  #beginningIn(document: vscode.TextDocument, line: number): Conversation[] {
    if (line >= document.lineCount) return [];
    const { conversations } = this.found(document, [spanOf(document, document.lineAt(line).range)]);
    return conversations.filter(({ span }) => document.positionAt(span.start).line === line);
  }

  #messageOf(document: vscode.TextDocument, way: Way & { kind: 'message' }): Conversation {
    const known = this.#messages.get(way);
    if (known?.version === document.version) return known.conversation;
    const conversation = conversationOfSelection(document.getText(rangeOf(document, way.span)), way.span.start);
    this.#messages.set(way, { version: document.version, conversation });
    return conversation;
  }

  /** A document of a file is read in the same way when it is opened again; where a part of it stands then is not known. */
  #closed(document: vscode.TextDocument): void {
    const way = this.#ways.get(document.uri.toString());
    if (way?.kind === 'message' || document.isUntitled) this.leave(document);
  }

  #edited({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    const way = this.#ways.get(document.uri.toString());
    if (way?.kind !== 'message' || contentChanges.length === 0) return;
    if (contentChanges.some((change) => isReplaced(way.span, change))) this.leave(document);
    else this.#ways.set(document.uri.toString(), { kind: 'message', span: contentChanges.reduce(shiftSpan, way.span) });
  }
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
