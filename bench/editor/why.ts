import { Workbench } from '../../test/workbench/harness/workbench';

const QUESTIONS = 9;
/** So small that all of the text is seen. */
const SETTINGS = { 'editor.fontSize': 9, 'editor.minimap.enabled': false };

/**
 * Milliseconds from the key that asks why a token at the end of a text that the model has read until the text is painted:
 * the median of some tokens.
 */
export async function measureWhy(text: string): Promise<number> {
  const workbench = await Workbench.open({ files: { 'code.txt': text }, settings: SETTINGS });
  const { page } = workbench;
  const painted = page.locator('.view-overlays .cdr[class*="ced-"]').first();
  const ask = async () => {
    await page.keyboard.press('Control+K');
    const start = performance.now();
    await page.keyboard.press('y');
    await painted.waitFor();
    return performance.now() - start;
  };
  try {
    await workbench.openFile('code.txt');
    await page.keyboard.press('Control+End');
    // Meanwhile the model is loaded and reads the text.
    await ask();
    const times: number[] = [];
    for (let i = 0; i < QUESTIONS; i++) {
      await page.keyboard.press('Escape');
      await painted.waitFor({ state: 'detached' });
      await page.keyboard.press('Control+ArrowLeft');
      times.push(await ask());
    }
    return times.sort((one, other) => one - other)[QUESTIONS >> 1] ?? Number.NaN;
  } finally {
    await workbench.close();
  }
}
