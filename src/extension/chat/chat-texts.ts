import * as vscode from 'vscode';
import { renderChat } from '../../chat/render';
import type { Conversation } from '../../shared/chat';
import type { ChatTemplates } from './chat-templates';
import { ChatText } from './chat-text';

/** What was made of a conversation. */
type Made = { text: ChatText } | { error: unknown };

/** Conversations as the template of the model in use writes them, each once. */
export class ChatTexts implements vscode.Disposable {
  readonly #templates: ChatTemplates;
  #making = new WeakMap<Conversation, Promise<Made>>();
  #made = new WeakMap<Conversation, Made>();
  readonly #rendered = new vscode.EventEmitter<void>();
  readonly #subscription: vscode.Disposable;

  /** Fires when prompts are there that were asked for, or are others. */
  readonly onDidRender = this.#rendered.event;

  constructor(templates: ChatTemplates) {
    this.#templates = templates;
    this.#subscription = templates.onDidChange(() => {
      this.#making = new WeakMap();
      this.#made = new WeakMap();
      this.#rendered.fire();
    });
  }

  /** @param among those that were found with it: of a pair of answers both */
  async make(conversation: Conversation, among: readonly Conversation[]): Promise<Made> {
    const known = this.#making.get(conversation);
    if (known) return known;
    const allMade = this.#made;
    const making = this.#render(conversation, among);
    this.#making.set(conversation, making);
    const made = await making;
    allMade.set(conversation, made);
    return made;
  }

  /** Those that are there already; others are made, and then it is told. */
  known(conversations: readonly Conversation[]): ChatText[] {
    const unknown = conversations.filter((conversation) => !this.#made.has(conversation));
    if (unknown.length > 0) {
      const making = unknown.map((conversation) => this.make(conversation, conversations));
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
    vscode.Disposable.from(this.#subscription, this.#rendered).dispose();
  }

  async #render(conversation: Conversation, among: readonly Conversation[]): Promise<Made> {
    try {
      const rendered = await renderChat(await this.#templates.current(), conversation);
      return { text: new ChatText(conversation, rendered, chosenBeside(conversation, among)) };
    } catch (error) {
      return { error };
    }
  }
}

/** Of a pair of answers, the conversation with the one that was chosen. */
function chosenBeside({ answer, span }: Conversation, among: readonly Conversation[]): Conversation | undefined {
  if (answer !== 'rejected') return undefined;
  return among.find((other) => other.answer === 'chosen' && other.span.start === span.start);
}
