import * as vscode from 'vscode';
import { defaultModelPath } from '../../../models/catalogue';
import { readModelChatTemplate } from '../../model/checkpoint/model-chat-template';
import type { ChatTemplate } from '../../shared/chat';
import { sentence, VitrineError } from '../../shared/errors';
import type { ModelChoice } from '../engine/model-choice';
import { onSettingsChange } from '../settings';

/** The chat template of the model in use, from its files: to count and to show a prompt needs no engine. */
export class ChatTemplates implements vscode.Disposable {
  readonly #choice: ModelChoice;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable;
  #current: Promise<ChatTemplate | undefined> | undefined;

  /** Fires when another model is in use. */
  readonly onDidChange = this.#changed.event;

  constructor(choice: ModelChoice) {
    this.#choice = choice;
    const change = () => {
      this.#current = undefined;
      this.#changed.fire();
    };
    this.#subscriptions = vscode.Disposable.from(
      onSettingsChange(['model', 'adapter'], change),
      ...(choice.onDidChange ? [choice.onDidChange(change)] : []),
    );
  }

  /** @throws VitrineError `chat.noTemplate` where the model has none, and what reading its file throws. */
  async current(): Promise<ChatTemplate> {
    const template = await this.currentIfAny();
    if (template) return template;
    throw new VitrineError(
      'chat.noTemplate',
      sentence`The model in use has no chat template, so nothing says how it reads a chat. Choose one that was made for chats: their names often end in "Instruct" or "it".`,
    );
  }

  /** Undefined of a model that was not made for chats. @throws what reading its file throws */
  currentIfAny(): Promise<ChatTemplate | undefined> {
    this.#current ??= this.#read();
    return this.#current;
  }

  dispose(): void {
    this.#subscriptions.dispose();
    this.#changed.dispose();
  }

  async #read(): Promise<ChatTemplate | undefined> {
    try {
      const form = this.#choice.current();
      if (form.kind === 'served') return await form.chatTemplate();
      return await readModelChatTemplate(form.path ?? defaultModelPath(), form.adapter);
    } catch (error) {
      // A file that cannot be read at present may be there the next time.
      this.#current = undefined;
      throw error;
    }
  }
}
