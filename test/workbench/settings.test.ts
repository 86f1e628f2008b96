import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import manifest from '../../package.json';
import { describeInWorkbench } from './harness/describe';
import { runInExtensionHost } from './harness/extension-host';
import { isSupported } from './harness/install';
import type { Workbench } from './harness/workbench';
import type { SettingsReport } from './host/settings';

const TEXT = 'The mouse ate the cheese.';

describe.skipIf(!isSupported)('a setting that is changed counts at once:', () => {
  let report: SettingsReport;
  beforeAll(async () => {
    report = (await runInExtensionHost('test/workbench/host/settings.ts', {
      files: { 'file.txt': '' },
    })) as SettingsReport;
  });

  test('bands, and their vocabulary', () => {
    expect(report.bands).toBe('2');
    expect(report.tokenizer).toBe('327');
  });

  test('how much the model reads, and with how many threads', () => {
    expect(report.whole).toBe(41);
    expect(report.limited).toBe(
      'The text has 41 tokens, and the context of SmolLM2-135M-Instruct has room for 16. Take a part of it, or as much of its end as fits (--truncate on the command line).',
    );
    expect(report.oneThread).toBe(2);
  });

  test('after how long without use the engine ends, which the next use starts', () => {
    expect(report.unloaded).toBe(2);
  });

  test('which model, on what, and where it is compiled to', () => {
    expect(report.noModel).toBe('There is no file /no/such/model.gguf: check the path.');
    expect(report.noProvider).toMatch("The execution provider 'coreml' is not in the runtime's package for");
    expect(report.noCache).toMatch(
      /^Vitrine cannot write compiled models to .*\/file\.txt\/cache\/compiled-models: a part of its path is not a folder\. Choose another cache folder, or put that right\.$/,
    );
    expect(report.relativeCache).toBe(
      'The setting vitrine.cacheFolder is my/cache, which is not a whole path. Give one that begins at the root.',
    );
    expect(report.again).toBe(2);
  });

  // Escape is everybody's: ours counts only while nothing else takes it, as its condition says.
  const own = manifest.contributes.keybindings.filter(({ key }) => key !== 'escape');
  test.each(own)('$key is nobody else’s', ({ key, command }) => {
    expect(report.keys[key]).toEqual([command]);
    const [first = '', second] = key.split(' ');
    if (second === undefined) return;
    // Else the first of the two keys would do something by itself.
    expect(report.keys[first]?.filter((other) => !other.startsWith('markdown.')) ?? []).toEqual([]);
  });
});

describeInWorkbench('settings of a folder', { files: { 'mouse.txt': TEXT } }, (workbench) => {
  test('bring bands where Vitrine is in use, and take them away', async () => {
    await workbench().openFile('mouse.txt');
    await workbench().run('Vitrine: Colour by Surprisal');
    await expect.poll(async () => (await workbench().paint()).length).toBeGreaterThan(2);
    await workbench().run('Vitrine: Clear Decorations');
    await expect.poll(() => workbench().paint()).toHaveLength(0);
    setInFolder(workbench(), { 'vitrine.bands': true });
    await expect.poll(() => workbench().paint()).toHaveLength(6);
    setInFolder(workbench(), {});
    await expect.poll(() => workbench().paint()).toHaveLength(0);
  });

  test('give colours another hue', async () => {
    await workbench().run('Vitrine: Colour by Surprisal');
    await expect.poll(() => strongest(workbench())).toBe('red');
    setInFolder(workbench(), { 'vitrine.colours': { surprisal: '#00aa00' } });
    await expect.poll(() => strongest(workbench())).toBe('green');
    await workbench().screenshots('own-colours');
  });

  test('lead to what is written about models', async () => {
    const { page } = workbench();
    await workbench().run('Preferences: Open Settings (UI)');
    await page.locator('.settings-editor .search-container .view-line').first().waitFor();
    await page.keyboard.type('vitrine.model');
    // A setting of the machine on which the extension runs, which is elsewhere here.
    await page
      .locator('.settings-editor .settings-tabs-widget')
      .getByText(/^Remote/)
      .click();
    await page.locator('.settings-editor').getByText('Which models can be opened').first().click();
    await page.locator('.tab.active', { hasText: 'models.md' }).waitFor();
  });
});

function setInFolder({ folder }: Workbench, settings: Record<string, unknown>): void {
  mkdirSync(join(folder, '.vscode'), { recursive: true });
  writeFileSync(join(folder, '.vscode/settings.json'), JSON.stringify(settings));
}

/** The largest part of the colour of the loudest token. */
async function strongest(workbench: Workbench): Promise<string | undefined> {
  const parts = (await workbench.paint()).map(({ colour }) => colour);
  const [loudest = []] = parts.sort((one, other) => Math.max(...other) - Math.max(...one));
  return ['red', 'green', 'blue'][loudest.indexOf(Math.max(...loudest))];
}
