import * as vscode from 'vscode';
import type { HeadAddress } from '../../shared/head-address';
import type { LessonQuestion, LessonState } from '../../shared/lesson-api';
import type { Decorations } from '../decorations/decorations';
import { errorText } from '../error-text';
import { type ExampleFolders, openCopy } from '../examples/copied-example';
import { getSpanish, getSpanishLabel, lacksSpanish } from '../examples/offer-spanish';
import type { Inspector } from '../inspector/inspector';
import type { Services } from '../services';
import { spokenLanguage } from '../spoken-language';
import { EditorBefore } from './editor-before';
import { isReached, reach, type Screen } from './goals';
import { LessonModel } from './lesson-model';
import type { LessonProgress } from './progress';
import type { LessonStep, Question } from './step';
import { lessonSteps } from './steps';

/** Under the examples. */
const FOLDER = 'lesson';

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
  readonly #model: LessonModel;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable;
  /** Undefined while nobody takes the lesson. */
  #before: EditorBefore | undefined;
  /** Of the step's text, once it is open. */
  #uri: vscode.Uri | undefined;
  #current = 0;
  #question: Question | undefined;
  /** Ends the reading of texts for a question that is no longer wanted. */
  #asking = new vscode.CancellationTokenSource();
  /** The model that was asked. */
  #askedOf: string | undefined;
  #shown: LessonQuestion = { kind: 'computing' };
  #failure: string | undefined;
  #notice: LessonState['notice'];
  #head: Promise<HeadAddress | undefined> | undefined;

  /** Fires when the page is to be drawn anew. */
  readonly onDidChange = this.#changed.event;

  constructor(parts: LessonParts) {
    this.#parts = parts;
    const { services, decorations, inspector } = parts;
    const { readings, tokens, chats, chatTemplates, comparison, host } = services;
    this.#model = new LessonModel({
      engine: readings.engine,
      tokenizer: () => tokens.named('model'),
      chatTemplate: () => chatTemplates.current(),
      forward: (text) => readings.forward(text, this.#asking.token),
      t: vscode.l10n.t,
    });
    const look = () => void this.#look();
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      decorations.onDidChange(look),
      inspector.store.onDidChange(look),
      chats.onDidChange(look),
      comparison.onDidChange(look),
      host.onDidChange(() => this.#modelChanged()),
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
      task: { text: task.text, button: task.button, failure: this.#failure },
      question: this.#shown,
      notice: this.#notice,
    };
  }

  /** Begins, or goes on where it was left. */
  async start(): Promise<void> {
    const { services, decorations, progress } = this.#parts;
    this.#before ??= new EditorBefore(services, decorations);
    const last = this.#steps.findIndex(({ id }) => id === progress.step);
    await this.#findNotice();
    await this.#open(Math.max(0, last));
  }

  /** Shows a step: its text, and its question as soon as that is computed. */
  async show(step: number): Promise<void> {
    // It was said at the beginning.
    this.#notice = undefined;
    await this.#open(step);
  }

  /** Computes the question of the step with the model that runs. */
  async ask(): Promise<void> {
    this.#asking.cancel();
    this.#asking.dispose();
    const asking = new vscode.CancellationTokenSource();
    this.#asking = asking;
    this.#question = undefined;
    this.#tell({ kind: 'computing' });
    try {
      const question = await this.#step.ask(this.#model, await this.#text());
      if (asking.token.isCancellationRequested) return;
      this.#question = question;
      this.#tell({ kind: 'asked', text: question.text, choices: question.choices });
    } catch (error) {
      if (asking.token.isCancellationRequested) return;
      this.#tell({ kind: 'failed', message: errorText(error) });
    }
    this.#askedOf = this.#parts.services.host.model?.sha256;
    await this.#look();
  }

  answer(choice: number): void {
    if (!this.#question || this.#shown.kind !== 'asked') return;
    const { right, because, where } = this.#question;
    const isRight = choice === right;
    if (isRight) this.#parts.progress.answered(this.#step.id);
    this.#tell({ ...this.#shown, answer: { choice, isRight, says: isRight ? because : where } });
  }

  /** Does what the step asks to do. */
  async doTask(): Promise<void> {
    if (!this.#uri) return;
    this.#failure = undefined;
    try {
      // A person may have closed it.
      await reach(this.#step.task.goal, this.#screen(await vscode.workspace.openTextDocument(this.#uri)));
    } catch (error) {
      this.#failure = errorText(error);
    }
    await this.#look();
    this.#changed.fire();
  }

  async acceptNotice(): Promise<void> {
    if (await getSpanish(this.#parts.services.host)) this.#notice = undefined;
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
    this.#asking.cancel();
    if (before) await before.restore(this.#openDocument);
    else EditorBefore.clear(this.#parts.services, this.#parts.decorations);
    this.#uri = undefined;
    await this.#closeTabs();
  }

  dispose(): void {
    this.#asking.dispose();
    this.#subscriptions.dispose();
  }

  async #open(step: number): Promise<void> {
    if (!this.#before || !this.#steps[step]) return;
    this.#asking.cancel();
    this.#before.clear(this.#openDocument);
    this.#current = step;
    this.#parts.progress.show(this.#step.id);
    this.#failure = undefined;
    this.#head = undefined;
    this.#uri = undefined;
    this.#tell({ kind: 'computing' });
    const { document } = await openCopy(this.#parts.folders, `${FOLDER}/${this.#step.file}`, {
      viewColumn: vscode.ViewColumn.One,
    });
    if (this.#current !== step) return;
    this.#uri = document.uri;
    await this.#closeTabs(document);
    // Commands are for the text, and the next key is for the lesson.
    await vscode.commands.executeCommand('vitrine.lesson.focus');
    await this.ask();
  }

  get #step(): LessonStep {
    const step = this.#steps[this.#current];
    if (!step) throw new Error('the lesson has no such step');
    return step;
  }

  #tell(question: LessonQuestion): void {
    this.#shown = question;
    this.#changed.fire();
  }

  /** Of the text as it is installed: a person may have changed the copy. */
  async #text(): Promise<string> {
    const file = vscode.Uri.joinPath(this.#parts.folders.installed, FOLDER, this.#step.file);
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  }

  get #openDocument(): vscode.TextDocument | undefined {
    return vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === this.#uri?.toString());
  }

  #screen(document: vscode.TextDocument): Screen {
    const { services, decorations, inspector } = this.#parts;
    return { services, decorations, inspector, document, inductionHead: () => this.#inductionHead() };
  }

  #inductionHead(): Promise<HeadAddress | undefined> {
    this.#head ??= this.#text().then(async (text) => this.#model.inductionHead(await this.#model.read(text)));
    return this.#head;
  }

  /** Whether what is to be done is to be seen, whoever did it. */
  async #look(): Promise<void> {
    const document = this.#openDocument;
    const step = this.#step;
    const { progress } = this.#parts;
    if (!document || !this.isRunning || progress.isDone(step.id)) return;
    if (!(await isReached(step.task.goal, this.#screen(document))) || step !== this.#step) return;
    progress.taskDone(step.id);
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

  async #findNotice(): Promise<void> {
    const isNeeded = spokenLanguage().startsWith('es') && lacksSpanish(this.#parts.services.host);
    this.#notice = isNeeded
      ? {
          text: vscode.l10n.t(
            'The model in use was made for other languages and knows little Spanish. The sentences of this lesson are some that it gets right.',
          ),
          button: await getSpanishLabel(),
        }
      : undefined;
  }

  /** Those of the lesson's texts. What a person has changed in one is kept nowhere. @param kept the text that stays */
  async #closeTabs(kept?: vscode.TextDocument): Promise<void> {
    const folder = vscode.Uri.joinPath(this.#parts.folders.copies, FOLDER).toString();
    const isLeft = (uri: vscode.Uri) => uri.toString().startsWith(folder) && uri.toString() !== kept?.uri.toString();
    for (const document of vscode.workspace.textDocuments) {
      if (document.isDirty && isLeft(document.uri)) await document.save();
    }
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    await vscode.window.tabGroups.close(
      tabs.filter(({ input }) => input instanceof vscode.TabInputText && isLeft(input.uri)),
      true,
    );
  }
}
