import * as vscode from 'vscode';
import { defaultModelPath } from '../../../models/catalogue';
import { readModelChatTemplate } from '../../model/checkpoint/model-chat-template';
import type { ChatTemplate } from '../../shared/chat';
import { sentence, VitrineError } from '../../shared/errors';
import { chosenModel } from '../found-models/chosen-model';
import { onSettingsChange, settings } from '../settings';

/** The chat template of the model in use, from its file's header: to count and to show a prompt needs no engine. */
export class ChatTemplates implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #settings: vscode.Disposable;
  #current: Promise<ChatTemplate | undefined> | undefined;

  /** Fires when another model is in use. */
  readonly onDidChange = this.#changed.event;

  constructor() {
    this.#settings = onSettingsChange(['model', 'adapter'], () => {
      this.#current = undefined;
      this.#changed.fire();
    });
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
    this.#settings.dispose();
    this.#changed.dispose();
  }

  async #read(): Promise<ChatTemplate | undefined> {
    try {
      return await readModelChatTemplate(chosenModel().path ?? defaultModelPath(), settings.adapter());
    } catch (error) {
      // A file that cannot be read at present may be there the next time.
      this.#current = undefined;
      throw error;
    }
  }
}
