import * as vscode from 'vscode';
import { parseScope } from '../../workspace/changes/changed-files';
import type { Git } from '../../workspace/changes/git';
import { errorText } from '../error-text';

/** Asks for two commits until the repository has what is written, which stays where it has not. */
export async function chooseRange(git: Git): Promise<string | undefined> {
  const { t } = vscode.l10n;
  const base = await git.mainBranch();
  const box = vscode.window.createInputBox();
  box.prompt = t('A..B is from A to B; A...B is what B has since it left A; A is all since A.');
  box.placeholder = 'main...HEAD';
  box.value = base === undefined ? '' : `${base}...HEAD`;
  const complaintOf = async (range: string) => {
    if (range === '') return t('Give two commits, such as main...HEAD.');
    return parseScope(git, range).then(() => undefined, errorText);
  };
  try {
    return await new Promise<string | undefined>((resolve) => {
      box.onDidChangeValue(() => {
        box.validationMessage = undefined;
      });
      box.onDidAccept(async () => {
        const range = box.value.trim();
        const complaint = await complaintOf(range);
        if (complaint === undefined) resolve(range);
        else box.validationMessage = complaint;
      });
      box.onDidHide(() => resolve(undefined));
      box.show();
    });
  } finally {
    box.dispose();
  }
}
