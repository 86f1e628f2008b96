import * as vscode from 'vscode';
import type { LessonEvents, LessonHost } from '../../shared/lesson-api';
import { webviewOptions, webviewPage } from '../inspector/page';
import { spokenLanguage } from '../spoken-language';
import { connectWebview } from '../webview-rpc';
import type { Lesson } from './lesson';
import { checkedMethod } from './requests';

/** The lesson's column in the side bar. */
export class LessonView implements vscode.WebviewViewProvider {
  readonly #lesson: Lesson;
  readonly #extension: vscode.Uri;
  readonly #leave: () => Promise<void>;

  constructor(lesson: Lesson, extension: vscode.Uri, leave: () => Promise<void>) {
    this.#lesson = lesson;
    this.#extension = extension;
    this.#leave = leave;
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    const { webview } = view;
    webview.options = webviewOptions(this.#extension);
    const lesson = this.#lesson;
    const host = this.#host();
    const { rpc, connection } = connectWebview<LessonEvents>(webview, (name) => checkedMethod(host, name), ['changed']);
    const following = lesson.onDidChange(() => void rpc.changed(lesson.state));
    view.onDidDispose(() => vscode.Disposable.from(following, connection).dispose());
    webview.html = webviewPage(webview, this.#extension, 'lesson.js');
  }

  #host(): LessonHost {
    const lesson = this.#lesson;
    return {
      start: async () => ({
        language: spokenLanguage(),
        translations: { ...vscode.l10n.bundle },
        state: lesson.state,
      }),
      show: ({ step }) => lesson.show(step),
      doTask: () => lesson.doTask(),
      answer: async ({ choice }) => lesson.answer(choice),
      askAgain: () => lesson.ask(),
      acceptNotice: () => lesson.acceptNotice(),
      beginAnew: () => lesson.beginAnew(),
      leave: this.#leave,
    };
  }
}
