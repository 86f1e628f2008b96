import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { spanishModel } from '../../models/starting-points';
import { openFakeHub } from '../support/fake-hub';
import { gemmaFile } from '../support/gemma';
import { describeInWorkbench } from './harness/describe';
import { InspectorPage } from './harness/inspector';

const gemma = gemmaFile();
const cache = mkdtempSync(join(tmpdir(), 'vitrine-hub-'));
process.env.HF_HUB_CACHE = cache;

describe.skipIf('missing' in gemma)('the Spanish example', async () => {
  const content = 'path' in gemma ? readFileSync(gemma.path) : Buffer.alloc(0);
  const hub = await openFakeHub({
    name: spanishModel.repository,
    files: { 'gemma-3-270m.Q4_K_M.gguf': content },
    large: /gguf/,
    info: { cardData: { license: 'gemma' } },
  });
  process.env.HF_ENDPOINT = hub.endpoint;
  afterAll(() => {
    hub.close();
    rmSync(cache, { recursive: true, force: true });
  });

  describeInWorkbench('offers a model', { files: {}, locale: 'es' }, (workbench) => {
    test('that knows Spanish, with one click, and shows the order that its text promises', async () => {
      const { page } = workbench();
      await workbench().runAndChoose('Vitrine: Abrir un ejemplo…', 'raton-y-queso.txt');
      const offer = page.locator('.notification-list-item', { hasText: 'no se hizo para el español' });
      await offer.waitFor();
      await workbench().screenshots('spanish-example-offer');
      await offer.getByRole('button', { name: 'Obtener Gemma 3 270M' }).click();
      const dialog = page.locator('.monaco-dialog-box');
      await expect.poll(() => dialog.textContent()).toMatch(/gemma-3-270m.*253 MB/);
      await dialog.getByText('Obtener', { exact: true }).click();
      const inspector = new InspectorPage(workbench());
      await inspector.text('−42,7').first().waitFor();
      await inspector.text('−45,5').first().waitFor();
      await inspector.text('−46,2').first().waitFor();
      await workbench().screenshots('spanish-example');
    });

    test('whose layers, weights and disk the side panel tells', async () => {
      await workbench().page.locator('.activitybar .action-label[aria-label^="Vitrine"]').click();
      const rows = workbench().rows('Modelo');
      await expect.poll(() => rows.allTextContents()).toContain('Capas18 capas, 15 de ellas ven 512 tokens');
      await expect
        .poll(() => rows.allTextContents())
        .toContainEqual(expect.stringMatching(/^Pesos(float32|empaquetados)$/));
      await workbench().screenshots('spanish-example-panel');
    });

    test('which is here for Get a Model…, whose hub has gone', async () => {
      hub.close();
      await workbench().runAndChoose('Vitrine: Obtener un modelo…', spanishModel.repository);
      const { page } = workbench();
      const row = page.locator('.quick-input-list .monaco-list-row', { hasText: '253 MB, ya está aquí' });
      await row.waitFor();
      await page.keyboard.press('Escape');
    });

    test('and no more once one is in use that may know it', async () => {
      await workbench().runAndChoose('Vitrine: Abrir un ejemplo…', 'queso-y-raton.txt');
      await workbench().page.locator('.tab.active', { hasText: 'queso-y-raton.txt' }).waitFor();
      const offers = workbench().page.locator('.notification-list-item', { hasText: 'español' });
      await expect.poll(() => offers.count()).toBe(0);
    });
  });
});
