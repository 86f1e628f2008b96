import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { defaultModelPath } from '../../models/catalogue';
import { openFakeHub, send } from '../support/fake-hub';
import { HIDDEN, openProxy } from '../support/proxy';
import { tinyLlama } from '../support/tiny-llama';
import { describeInWorkbench } from './harness/describe';

/** What other programs have on a machine. */
const FOUND = join(tmpdir(), `vitrine-found-${process.pid}`);
const OLLAMA = join(FOUND, 'ollama');
const HUB = join(FOUND, 'hub');
const MANIFESTS = join(OLLAMA, 'manifests/registry.ollama.ai/library/smollm2');
process.env.OLLAMA_MODELS = OLLAMA;
process.env.HF_HUB_CACHE = HUB;

/** The hub of the tests: one of its two files comes damaged. */
const fakeHub = await openFakeHub({
  name: 'maker/small',
  files: { 'small.gguf': readFileSync(defaultModelPath()), 'tiny.gguf': Buffer.from(tinyLlama()) },
  large: /gguf/,
  info: { cardData: { license: 'gemma' } },
  send: (content, start, response) =>
    send(content.length < 1e6 ? Buffer.alloc(content.length) : content, start, response),
});
/** Nobody knows its name but the editor's proxy. */
process.env.HF_ENDPOINT = HIDDEN;
const proxy = await openProxy(fakeHub.endpoint);

describeInWorkbench(
  'models of other programs',
  { files: { 'mouse.txt': 'The mouse ate the cheese.' }, settings: { 'http.proxy': proxy.url } },
  (workbench) => {
    beforeAll(() => {
      for (const folder of [join(OLLAMA, 'blobs'), MANIFESTS, HUB]) mkdirSync(folder, { recursive: true });
      symlinkSync(defaultModelPath(), join(OLLAMA, 'blobs/sha256-abc'));
      const layers = [{ mediaType: 'application/vnd.ollama.image.model', digest: 'sha256:abc' }];
      writeFileSync(join(MANIFESTS, '135m'), JSON.stringify({ layers }));
      symlinkSync('circle.gguf', join(HUB, 'circle.gguf'));
      writeFileSync(join(HUB, 'other.gguf'), tinyLlama({ metadata: { 'general.architecture': 'qwen2' } }));
    });
    afterAll(() => {
      rmSync(FOUND, { recursive: true, force: true });
      fakeHub.close();
      proxy.close();
    });

    test('stand in the picker: what cannot be opened, or read, last, with the reason', async () => {
      await workbench().openFile('mouse.txt');
      await workbench().run('Vitrine: Choose Model…');
      const other = workbench().page.locator('.quick-input-list .monaco-list-row', { hasText: /other.*Hugging Face/ });
      const circle = workbench().page.locator('.quick-input-list .monaco-list-row', {
        hasText: /circle.*Hugging Face/,
      });
      await expect
        .poll(() => other.textContent())
        .toMatch(/other.*Hugging Face.*Vitrine does not know the architecture 'qwen2'.*Cannot be opened/);
      await expect.poll(() => circle.textContent()).toMatch(/its links lead in a circle/);
      await workbench().screenshots('found-models');
      await other.click();
      await workbench().notification("Vitrine does not know the architecture 'qwen2'").waitFor();
    });

    test("of Ollama's keep their names", async () => {
      await workbench().run('Vitrine: Choose Model…');
      await workbench().answer('smollm2:135m');
      await workbench().status('smollm2:135m · cpu').waitFor();
      await workbench().run('Vitrine: Choose Model…');
      const used = workbench().page.locator('.quick-input-list .monaco-list-row', { hasText: 'in use' });
      await expect.poll(() => used.textContent()).toMatch(/smollm2:135m.*Ollama/);
      await workbench().page.keyboard.press('Escape');
    });

    test('are got from the hub by their name, after asking, and loaded', async () => {
      const dialog = workbench().page.locator('.monaco-dialog-box');
      await workbench().run('Vitrine: Get a Model…');
      await workbench().page.locator('.quick-input-list .label-name', { hasText: 'Gemma 3 270M' }).waitFor();
      await workbench().screenshots('get-model');
      await workbench().page.keyboard.type('maker/small');
      await workbench().answer('maker/small');
      await workbench().page.locator('.quick-input-list .label-name', { hasText: 'tiny.gguf' }).waitFor();
      await workbench().screenshots('get-model-files');
      await workbench().answer('small.gguf');
      await expect.poll(() => dialog.textContent()).toMatch(/Get small\.gguf of maker\/small from hub\.test: 98 MB\?/);
      expect(await dialog.textContent()).toContain('Gemma Terms of Use');
      expect(fakeHub.askedElsewhere).toEqual([]);
      await workbench().screenshots('get-model-consent');
      await dialog.getByText('Get', { exact: true }).click();
      await workbench().status('SmolLM2 135M · cpu').waitFor();
      await workbench().run('Vitrine: Choose Model…');
      const used = workbench().page.locator('.quick-input-list .monaco-list-row', { hasText: 'in use' });
      await expect.poll(() => used.textContent()).toMatch(/small.*Hugging Face/);
      await workbench().page.keyboard.press('Escape');
    });

    test('are not kept where they come damaged', async () => {
      await workbench().run('Vitrine: Get a Model…');
      await workbench().page.keyboard.type('maker/small:tiny');
      await workbench().answer('maker/small:tiny');
      await workbench().page.locator('.monaco-dialog-box').getByText('Get', { exact: true }).click();
      await workbench().notification('its checksum is another').waitFor();
    });
  },
);
