import { expect, test } from 'vitest';
import { describeInWorkbench } from './harness/describe';
import { expectCommands } from './harness/palette';

const files = { 'raton.txt': 'El ratón comió el queso.' };

describeInWorkbench('in Spanish', { files, locale: 'es' }, (workbench) => {
  test('the palette offers every command by its title', async () => {
    await workbench().openFile('raton.txt');
    await expectCommands(workbench(), 'package.nls.es.json');
  });

  test('what the extension says is Spanish', async () => {
    await workbench().run('Vitrine: Colorear por sorpresa');
    await expect.poll(async () => (await workbench().paint()).length).toBeGreaterThan(3);
    const hover = await workbench().hover(1, 20);
    await expect.poll(() => hover.textContent()).toMatch(/rango .* sorpresa .* bits .* entropía/);
    await workbench().screenshots('spanish');
  });
});
