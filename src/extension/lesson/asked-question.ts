import * as vscode from 'vscode';
import type { LessonQuestion } from '../../shared/lesson-api';
import { errorText } from '../error-text';
import type { Services } from '../services';
import { LessonModel } from './lesson-model';
import { refuseServer } from './notice';
import type { LessonStep, Question } from './step';

/** The question of the step that is shown: the model that runs answers it, and so does a person. */
export class AskedQuestion implements vscode.Disposable {
  readonly model: LessonModel;
  readonly #services: Services;
  readonly #changed = new vscode.EventEmitter<void>();
  /** Ends the reading of texts for a question that is no longer wanted. */
  #asking = new vscode.CancellationTokenSource();
  #question: Question | undefined;
  #state: LessonQuestion = { kind: 'computing' };

  readonly onDidChange = this.#changed.event;

  constructor(services: Services) {
    const { readings, tokens, chatTemplates } = services;
    this.#services = services;
    this.model = new LessonModel({
      engine: readings.engine,
      tokenizer: () => tokens.named('model'),
      chatTemplate: () => chatTemplates.current(),
      forward: (text) => readings.forward(text, this.#asking.token),
      t: vscode.l10n.t,
    });
  }

  get state(): LessonQuestion {
    return this.#state;
  }

  /** Ends what is computed; another question is to come. */
  cancel(): void {
    this.#asking.cancel();
    this.#asking.dispose();
    this.#asking = new vscode.CancellationTokenSource();
    this.#question = undefined;
    this.#tell({ kind: 'computing' });
  }

  /** Computes the question of a step. @param text of the step */
  async ask(step: LessonStep, text: () => Promise<string>): Promise<void> {
    this.cancel();
    const { token } = this.#asking;
    try {
      refuseServer(this.#services);
      const question = await step.ask(this.model, await text());
      if (token.isCancellationRequested) return;
      this.#question = question;
      this.#tell({ kind: 'asked', text: question.text, choices: question.choices });
    } catch (error) {
      if (!token.isCancellationRequested) this.#tell({ kind: 'failed', message: errorText(error) });
    }
  }

  /** Takes a person's answer. @returns whether it is right */
  answer(choice: number): boolean {
    if (!this.#question || this.#state.kind !== 'asked') return false;
    const { right, because, where } = this.#question;
    const isRight = choice === right;
    this.#tell({ ...this.#state, answer: { choice, isRight, says: isRight ? because : where } });
    return isRight;
  }

  dispose(): void {
    vscode.Disposable.from(this.#asking, this.#changed).dispose();
  }

  #tell(state: LessonQuestion): void {
    this.#state = state;
    this.#changed.fire();
  }
}
