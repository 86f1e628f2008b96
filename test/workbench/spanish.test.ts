import { describe, expect, test } from 'vitest';
import { describeInWorkbench } from './harness/describe';
import { runInExtensionHost } from './harness/extension-host';
import { InspectorPage } from './harness/inspector';
import { isSupported } from './harness/install';
import { expectCommands } from './harness/palette';
import type { SpanishReport } from './host/spanish';

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
    await expect.poll(() => hover.textContent()).toMatch(/\d,\d+ %.* rango .* sorpresa \d+,\d bits .* entropía/);
    await workbench().screenshots('spanish');
  });

  test('so is what says why a token', async () => {
    await workbench().page.keyboard.press('Escape');
    await workbench().goTo(1, 25);
    await workbench().run('Vitrine: Por qué este token');
    await workbench()
      .status(/a favor de .+, en contra de .+/)
      .waitFor();
    await expect.poll(() => workbench().tooltip()).toMatch(/de una diferencia de logits de [+−]\d,\d/);
    await workbench().screenshot('spanish-why');
    await workbench().run('Vitrine: Quitar las decoraciones');
  });

  test('and so does the inspector', async () => {
    await workbench().page.keyboard.press('Escape');
    await workbench().run('Vitrine: Inspeccionar la selección');
    await new InspectorPage(workbench()).shows('Probabilidades');
    await workbench().screenshot('spanish-inspector');
    await workbench()
      .page.locator('.tab', { hasText: 'Inspector' })
      .getByRole('button', { name: /^Close/ })
      .click();
  });

  test('so is why the model runs on what it does', async () => {
    await workbench().page.keyboard.press('Escape');
    await workbench().page.locator('.activitybar .action-label[aria-label^="Vitrine"]').click();
    const row = workbench().rows('Modelo').filter({ hasText: 'Se ejecuta en' });
    await expect
      .poll(() => row.getAttribute('aria-label'))
      .toMatch(/proveedor de ejecución: lo que calcula el modelo.*(ningún otro proveedor|más rápido que la CPU)/);
    await expect.poll(() => workbench().rows('Modelo').allTextContents()).toContain('Parámetros134.515.008');
    await workbench().screenshots('spanish-panel');
  });
});

describe.skipIf(!isSupported)('in Spanish, other extensions and chats', () => {
  test('are told in Spanish of what cannot be', async () => {
    const report = await runInExtensionHost('test/workbench/host/spanish.ts', { files: {}, locale: 'es' });
    const { unknownTokenizer, tooLong, noToken, badInput } = report as SpanishReport;
    expect(unknownTokenizer).toMatch('No hay ningún tokenizador nothing: usa model, gpt2');
    expect(tooLong).toMatch(/^El texto tiene [\d.]+ tokens, y en el contexto de SmolLM2-135M-Instruct caben 8192\./);
    expect(noToken).toMatch('Se pidieron los tokens de 99 a 100');
    expect(badInput).toMatch('La entrada de la herramienta no es válida');
  });
});
