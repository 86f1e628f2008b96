import * as vscode from 'vscode';
import type { Decorations } from '../decorations/decorations';
import { exampleFolders } from '../examples/copied-example';
import type { Inspector } from '../inspector/inspector';
import { registerCommand } from '../register-command';
import type { Services } from '../services';
import { Lesson } from './lesson';
import { LessonView } from './lesson-view';
import { LessonProgress } from './progress';

/** The lesson, which has a place in the side bar while somebody takes it. */
export function registerLesson(
  context: vscode.ExtensionContext,
  services: Services,
  decorations: Decorations,
  inspector: Inspector,
): vscode.Disposable {
  const progress = new LessonProgress(context.globalState);
  const lesson = new Lesson({ services, decorations, inspector, folders: exampleFolders(context), progress });
  const setRunning = (isRunning: boolean) =>
    vscode.commands.executeCommand('setContext', 'vitrine.lessonIsOpen', isRunning);
  const leave = async () => {
    await lesson.leave();
    await setRunning(false);
    await vscode.commands.executeCommand('workbench.view.explorer');
  };
  return vscode.Disposable.from(
    lesson,
    vscode.window.registerWebviewViewProvider('vitrine.lesson', new LessonView(lesson, context.extensionUri, leave)),
    registerCommand('vitrine.startLesson', async () => {
      await setRunning(true);
      await vscode.commands.executeCommand('vitrine.lesson.focus');
      if (!lesson.isRunning) await lesson.start();
    }),
  );
}
