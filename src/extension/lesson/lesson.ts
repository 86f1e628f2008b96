import * as vscode from 'vscode';
import type { HeadAddress } from '../../shared/head-address';
import type { LessonState } from '../../shared/lesson-api';
import type { Decorations } from '../decorations/decorations';
import { errorText } from '../error-text';
import type { ExampleFolders } from '../examples/copied-example';
import type { Inspector } from '../inspector/inspector';
import type { Services } from '../services';
import { showError } from '../show-error';
import { spokenLanguage } from '../spoken-language';
import { AskedQuestion } from './asked-question';
import { EditorBefore } from './editor-before';
import { isReached, reach, type Screen } from './goals';
import { LessonText } from './lesson-text';
import { type Notice, noticeOf, refuseServer } from './notice';
import type { LessonProgress } from './progress';
import type { LessonStep } from './step';
import { lessonSteps } from './steps';

export interface LessonParts {
  services: Services;
  decorations: Decorations;
  inspector: Inspector;
  folders: ExampleFolders;
  progress: LessonProgress;
}

/** The lesson as it runs in a window: the step that is shown, its text in the editor, and what was done of it. */
export class Lesson implements vscode.Disposable {
  readonly #parts: LessonParts;
  readonly #steps = lessonSteps(vscode.l10n.t, spokenLanguage());
  readonly #text: LessonText;
  readonly #question: AskedQuestion;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable;
  /** Undefined while nobody takes the lesson. */
  #before: EditorBefore | undefined;
  #current = 0;
  /** Ends when the text of the step is open. */
  #opening: Promise<void> | undefined;
  /** The model that was asked. */
  #askedOf: string | undefined;
  #failure: string | undefined;
  /** Whether what the step asks for is seen now. */
  #isSeen = false;
  /** The latest look: what others have seen comes too late. */
  #looks = 0;
  #notice: Notice | undefined;
  #head: Promise<HeadAddress | undefined> | undefined;

  /** Fires when the page is to be drawn anew. */
  readonly onDidChange = this.#changed.event;

  constructor(parts: LessonParts) {
    this.#parts = parts;
    this.#text = new LessonText(parts.folders);
    const { services, decorations, inspector } = parts;
    this.#question = new AskedQuestion(services);
    const look = () => void this.#look();
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      this.#question,
      this.#question.onDidChange(() => this.#changed.fire()),
      decorations.onDidChange(look),
      inspector.store.onDidChange(look),
      inspector.store.onDidChangeShown(look),
      services.chats.onDidChange(look),
      services.comparison.onDidChange(look),
      services.host.onDidChange(() => this.#modelChanged()),
      services.server.onDidChange(() => this.#serverChanged()),
    );
  }

  get isRunning(): boolean {
    return this.#before !== undefined;
  }

  get state(): LessonState {
    const { progress } = this.#parts;
    const { sentence, task } = this.#step;
    return {
      steps: this.#steps.map(({ id, title }) => ({
        title,
        isDone: progress.isDone(id),
        isAnswered: progress.isAnswered(id),
      })),
      current: this.#current,
      sentence,
      task: { text: task.text, button: task.button, isSeen: this.#isSeen, failure: this.#failure },
      question: this.#question.state,
      notice: this.#notice && { text: this.#notice.text, button: this.#notice.button },
    };
  }

  /** Begins, or goes on where it was left. */
  async start(): Promise<void> {
    const { services, decorations, progress } = this.#parts;
    this.#before ??= new EditorBefore(services, decorations);
    this.#parts.inspector.store.change({ isLesson: true });
    const last = this.#steps.findIndex(({ id }) => id === progress.step);
    await this.#findNotice();
    await this.#open(Math.max(0, last));
  }

  /** Shows a step: its text, and its question as soon as that is computed. */
  async show(step: number): Promise<void> {
    // It was said at the beginning.
    if (!this.#parts.services.server.current) this.#notice = undefined;
    await this.#open(step);
  }

  /** Computes the question of the step with the model that runs. */
  async ask(): Promise<void> {
    await this.#question.ask(this.#step, () => this.#text.installed());
    this.#askedOf = this.#parts.services.host.model?.sha256;
    await this.#look();
  }

  answer(choice: number): void {
    if (!this.#question.answer(choice)) return;
    this.#parts.progress.answered(this.#step.id);
    this.#changed.fire();
  }

  /** Does what the step asks to do. */
  async doTask(): Promise<void> {
    // Who is quick presses the button while the text is opened.
    await this.#opening;
    const document = await this.#text.reopened();
    if (!document) return;
    this.#failure = undefined;
    try {
      refuseServer(this.#parts.services);
      await reach(this.#step.task.goal, this.#screen(document));
    } catch (error) {
      this.#failure = errorText(error);
    }
    await this.#look();
    this.#changed.fire();
  }

  async acceptNotice(): Promise<void> {
    if (await this.#notice?.accept()) this.#notice = undefined;
    this.#changed.fire();
  }

  async beginAnew(): Promise<void> {
    this.#parts.progress.forget();
    await this.#findNotice();
    await this.#open(0);
  }

  /** Puts the editor back as it was; in a window that was loaded again meanwhile, which does not know that, to nothing. */
  async leave(): Promise<void> {
    const before = this.#before;
    this.#before = undefined;
    this.#parts.inspector.store.change({ isLesson: false });
    this.#question.cancel();
    if (before) await before.restore(this.#text.document);
    else EditorBefore.clear(this.#parts.services, this.#parts.decorations);
    await this.#text.close();
    await before?.paint().catch(showError);
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  get #step(): LessonStep {
    const step = this.#steps[this.#current];
    if (!step) throw new Error('the lesson has no such step');
    return step;
  }

  async #open(step: number): Promise<void> {
    if (!this.#before || !this.#steps[step]) return;
    this.#before.clear(this.#text.document);
    this.#current = step;
    this.#parts.progress.show(this.#step.id);
    this.#failure = undefined;
    this.#isSeen = false;
    this.#head = undefined;
    this.#question.cancel();
    this.#opening = this.#text.open(this.#step.file);
    await this.#opening;
    if (this.#current !== step) return;
    // Commands are for the text, and the next key is for the lesson.
    await vscode.commands.executeCommand('vitrine.lesson.focus');
    await this.ask();
  }

  #screen(document: vscode.TextDocument): Screen {
    const { services, decorations, inspector } = this.#parts;
    return { services, decorations, inspector, document, inductionHead: () => this.#inductionHead() };
  }

  #inductionHead(): Promise<HeadAddress | undefined> {
    const { model } = this.#question;
    this.#head ??= this.#text.installed().then(async (text) => model.inductionHead(await model.read(text)));
    // Asked anew next time.
    this.#head.catch(() => {
      this.#head = undefined;
    });
    return this.#head;
  }

  /** Whether what is to be done is to be seen, whoever did it. */
  async #look(): Promise<void> {
    const { document } = this.#text;
    const step = this.#step;
    const { progress } = this.#parts;
    if (!document || !this.isRunning) return;
    const look = ++this.#looks;
    // What cannot be seen now may be with the next change.
    const isSeen = await isReached(step.task.goal, this.#screen(document)).catch(() => false);
    if (look !== this.#looks || step !== this.#step || isSeen === this.#isSeen) return;
    this.#isSeen = isSeen;
    if (isSeen) progress.taskDone(step.id);
    this.#changed.fire();
  }

  /** Another model answers otherwise. */
  #modelChanged(): void {
    const { model } = this.#parts.services.host;
    if (!this.isRunning || !model || this.#askedOf === undefined || model.sha256 === this.#askedOf) return;
    this.#head = undefined;
    this.#askedOf = model.sha256;
    void this.#findNotice().then(() => this.ask());
  }

  /** Of a model that the window has no longer, or not yet, nothing is asked. */
  #serverChanged(): void {
    if (!this.isRunning) return;
    this.#head = undefined;
    void this.#findNotice().then(() => this.ask());
  }

  async #findNotice(): Promise<void> {
    this.#notice = await noticeOf(this.#parts.services);
  }
}
