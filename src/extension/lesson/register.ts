import * as vscode from 'vscode';
import type { Decorations } from '../decorations/decorations';
import { exampleFolders } from '../examples/copied-example';
import type { Inspector } from '../inspector/inspector';
import { registerCommand } from '../register-command';
import type { Services } from '../services';
import { Lesson } from './lesson';
import { LessonView } from './lesson-view';
import { LessonProgress } from './progress';

/** Of a window: whether somebody takes the lesson in it. */
const OPEN = 'vitrine.lessonIsOpen';

/** The lesson, which has a place in the side bar while somebody takes it. */
export function registerLesson(
  context: vscode.ExtensionContext,
  services: Services,
  decorations: Decorations,
  inspector: Inspector,
): vscode.Disposable {
  const progress = new LessonProgress(context.globalState);
  const lesson = new Lesson({ services, decorations, inspector, folders: exampleFolders(context), progress });
  const setRunning = async (isRunning: boolean) => {
    await vscode.commands.executeCommand('setContext', OPEN, isRunning);
    await context.workspaceState.update(OPEN, isRunning || undefined);
  };
  const leave = async () => {
    await lesson.leave();
    await setRunning(false);
    await vscode.commands.executeCommand('workbench.view.explorer');
  };
  // A window that was loaded again is out of it: else what a step had turned on would come back and stay.
  if (context.workspaceState.get(OPEN)) {
    void lesson
      .leave()
      .then(() => setRunning(false))
      .then(offerToGoOn);
  }
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

/** In a window that was loaded again in the middle of it. */
async function offerToGoOn(): Promise<void> {
  const { t } = vscode.l10n;
  const goOn = t('Go on');
  const chosen = await vscode.window.showInformationMessage(t('This window was loaded again during the lesson.'), goOn);
  if (chosen === goOn) await vscode.commands.executeCommand('vitrine.startLesson');
}
