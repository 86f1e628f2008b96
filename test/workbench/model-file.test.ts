import { rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { defaultModelPath } from '../../models/catalogue';
import { describeInWorkbench } from './harness/describe';

const MODEL = join(tmpdir(), `vitrine-model-${process.pid}.gguf`);
const files = {
  'mouse.txt': 'The mouse ate the cheese.',
  '.vscode/settings.json': JSON.stringify({ 'vitrine.model': MODEL }),
};

describeInWorkbench('a model file of a person’s own', { files }, (workbench) => {
  beforeAll(() => symlinkSync(defaultModelPath(), MODEL));
  afterAll(() => rmSync(MODEL, { force: true }));

  test('may go while the model is in use', async () => {
    await workbench().openFile('mouse.txt');
    await workbench().run('Vitrine: Colour by Surprisal');
    await expect.poll(() => workbench().paint()).toHaveLength(3);
    rmSync(MODEL);
    await workbench().run('Vitrine: Attention From Cursor');
    await expect.poll(async () => (await workbench().paint()).length).toBeGreaterThan(0);
  });

  test('is missed where it is needed, with what to do', async () => {
    await workbench().run('Vitrine: Restart Engine');
    await workbench().notification(`There is no file ${MODEL}: check the path.`).waitFor();
    await workbench().screenshots('model-gone');
  });

  test('may come back as something else', async () => {
    writeFileSync(MODEL, '<html>');
    await workbench().run('Vitrine: Restart Engine');
    await workbench().notification(`${MODEL} is not a GGUF file`).waitFor();
    const { page } = workbench();
    const toast = page.locator('.notification-list-item', { hasText: 'is not a GGUF file' });
    await toast.hover();
    await toast.getByRole('button', { name: 'What Works' }).click();
    await page.locator('.tab.active', { hasText: 'models.md' }).waitFor();
  });

  test('and as itself', async () => {
    rmSync(MODEL);
    symlinkSync(defaultModelPath(), MODEL);
    await workbench().run('Vitrine: Restart Engine');
    await workbench().status('SmolLM2 135M · cpu').waitFor();
  });
});

describeInWorkbench('in a folder that nobody trusts', { files, untrusted: true }, (workbench) => {
  test('its own choice of a model is not heeded', async () => {
    await workbench().openFile('mouse.txt');
    await workbench().status('Restricted Mode').waitFor();
    await workbench().run('Vitrine: Colour by Surprisal');
    await expect.poll(() => workbench().paint()).toHaveLength(3);
    await workbench().status('SmolLM2 135M · cpu · 6 tok').waitFor();
    await workbench().screenshots('untrusted');
    // Nor does any text of it go to a server.
    await workbench().run('Vitrine: Connect to a Server…');
    await workbench()
      .notification(/^A workspace that you do not trust is read by models on this machine only/)
      .waitFor();
  });
});
