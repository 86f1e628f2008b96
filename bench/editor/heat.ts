import { Workbench } from '../../test/workbench/harness/workbench';

/** Seconds from the command that colours about 300 tokens of code, with a warm engine, until the colours are on screen. */
export async function measureHeat(code: string): Promise<number> {
  const workbench = await Workbench.open({ files: { 'warm.txt': 'The mouse ate the cheese.', 'code.txt': code } });
  const colours = workbench.page.locator('.view-overlays .cdr[class*="ced-"]').first();
  try {
    await workbench.openFile('warm.txt');
    await workbench.run('Vitrine: Colour by Surprisal');
    await colours.waitFor();
    await workbench.openFile('code.txt');
    const command = await workbench.offers('>Vitrine: Colour by Surprisal', 'Colour by Surprisal');
    const start = performance.now();
    await command.click();
    await colours.waitFor();
    return (performance.now() - start) / 1000;
  } finally {
    await workbench.close();
  }
}
