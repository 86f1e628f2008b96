import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { defaultModelPath } from '../../models/catalogue';
import { tinyLlama } from '../support/tiny-llama';
import { describeInWorkbench } from './harness/describe';

/** What other programs have on a machine. */
const FOUND = join(tmpdir(), `vitrine-found-${process.pid}`);
const OLLAMA = join(FOUND, 'ollama');
const HUB = join(FOUND, 'hub');
const MANIFESTS = join(OLLAMA, 'manifests/registry.ollama.ai/library/smollm2');
process.env.OLLAMA_MODELS = OLLAMA;
process.env.HF_HUB_CACHE = HUB;

describeInWorkbench(
  'models of other programs',
  { files: { 'mouse.txt': 'The mouse ate the cheese.' } },
  (workbench) => {
    beforeAll(() => {
      for (const folder of [join(OLLAMA, 'blobs'), MANIFESTS, HUB]) mkdirSync(folder, { recursive: true });
      symlinkSync(defaultModelPath(), join(OLLAMA, 'blobs/sha256-abc'));
      const layers = [{ mediaType: 'application/vnd.ollama.image.model', digest: 'sha256:abc' }];
      writeFileSync(join(MANIFESTS, '135m'), JSON.stringify({ layers }));
      symlinkSync('circle.gguf', join(HUB, 'circle.gguf'));
      writeFileSync(join(HUB, 'other.gguf'), tinyLlama({ metadata: { 'general.architecture': 'qwen2' } }));
    });
    afterAll(() => rmSync(FOUND, { recursive: true, force: true }));

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
  },
);
