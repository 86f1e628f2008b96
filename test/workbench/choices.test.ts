import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packagedProviders } from '../../src/engine/providers/packaged';
import { describeInWorkbench } from './harness/describe';

/** Where nothing was compiled yet. */
const CACHE = join(tmpdir(), `vitrine-cache-${process.pid}`);
/** What a workspace asks for, and does not get. */
const OF_WORKSPACE = join(tmpdir(), `vitrine-workspace-cache-${process.pid}`);
const files = {
  'mouse.txt': 'The mouse ate the cheese.',
  '.vscode/settings.json': JSON.stringify({ 'vitrine.cacheFolder': OF_WORKSPACE }),
};
const settings = { 'vitrine.cacheFolder': CACHE };

describeInWorkbench('what there is to choose', { files, settings }, (workbench) => {
  afterAll(() => rmSync(CACHE, { recursive: true, force: true }));
  const dialog = () => workbench().page.locator('.monaco-dialog-box');

  test('of providers are those of this platform', async () => {
    await workbench().openFile('mouse.txt');
    await workbench().run('Vitrine: Choose Execution Provider…');
    const labels = workbench().page.locator('.quick-input-list .label-name');
    const shown = async () => (await labels.allTextContents()).map((label) => label.trim());
    await expect.poll(shown).toEqual(['auto', ...packagedProviders()]);
    await workbench().page.keyboard.press('Escape');
  });

  test('of models is told what it takes and what is free before it is compiled', async () => {
    await workbench().runAndChoose('Vitrine: Choose Model…', 'SmolLM2-135M-Instruct');
    await expect
      .poll(() => dialog().textContent())
      .toMatch(
        /Compiling SmolLM2-135M-Instruct writes 538 MB to .*vitrine-cache-\d+ and needs about 1\.1 GB of memory; .* and .* are free\./,
      );
    await workbench().screenshots('choose-model');
    await dialog().getByText('Cancel').click();
    await dialog().waitFor({ state: 'detached' });
    expect(existsSync(join(CACHE, 'compiled-models'))).toBe(false);
  });

  test('and is compiled when that is agreed to', async () => {
    await workbench().runAndChoose('Vitrine: Choose Model…', 'SmolLM2-135M-Instruct');
    await dialog().getByText('Compile', { exact: true }).click();
    await workbench().status('SmolLM2 135M · cpu').waitFor();
    expect(existsSync(join(CACHE, 'compiled-models'))).toBe(true);
    expect(existsSync(OF_WORKSPACE)).toBe(false);
  });
});

/** Where nobody can write, the superuser included: below a file. */
const FILE = join(tmpdir(), `vitrine-file-${process.pid}`);
const UNWRITABLE = join(FILE, 'cache');

describeInWorkbench(
  'a cache folder that cannot be written',
  { files: { 'mouse.txt': 'The mouse ate the cheese.' }, settings: { 'vitrine.cacheFolder': UNWRITABLE } },
  (workbench) => {
    beforeAll(() => writeFileSync(FILE, ''));
    afterAll(() => rmSync(FILE, { force: true }));

    test('is told of, with the setting that mends it', async () => {
      const { page } = workbench();
      await workbench().openFile('mouse.txt');
      await workbench().run('Vitrine: Colour by Surprisal');
      const told = workbench().notification(`Vitrine cannot write compiled models to ${UNWRITABLE}`);
      await told.waitFor();
      await workbench().screenshots('cache-folder');
      const toast = page.locator('.notification-list-item', { has: told });
      await toast.getByRole('button', { name: 'Change Cache Folder' }).click();
      const setting = page.locator('.settings-editor .setting-item-contents', { hasText: 'Cache Folder' });
      await expect.poll(() => setting.locator('input').inputValue()).toBe(UNWRITABLE);
    });
  },
);
