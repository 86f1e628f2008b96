import { expect } from 'vitest';
import type { Workbench } from './workbench';

/** Writes a path into the editor's dialog of files, and takes it. @param isTaken whether what follows is there */
export async function answerFileDialog(
  workbench: Workbench,
  file: string,
  isTaken: () => Promise<boolean>,
): Promise<void> {
  const path = workbench.page.locator('.quick-input-widget input[type=text]');
  let isWritten = false;
  // While the dialog looks into a folder it takes no answer, and may write the folder over what was written: that has to stand.
  const answer = async () => {
    if (!(await path.isVisible())) return;
    const stood = isWritten;
    isWritten = (await path.inputValue({ timeout: 1000 })) === file;
    if (!isWritten) await path.fill(file, { timeout: 1000 });
    else if (stood) await path.press('Enter', { timeout: 1000 });
  };
  const answered = async () => {
    // It may close in between.
    await answer().catch(() => {});
    return isTaken();
  };
  await expect.poll(answered, { interval: 500 }).toBe(true);
}
