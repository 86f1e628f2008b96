import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { defaultModelPath } from '../../models/catalogue';
import { openFakeHub, send } from '../support/fake-hub';
import { HIDDEN, openProxy } from '../support/proxy';
import { TINY_LLAMA_SHAPES, tinyLlama } from '../support/tiny-llama';
import { writeGguf } from '../support/write-gguf';
import { describeInWorkbench } from './harness/describe';
import { dropOnModelView } from './harness/drop-model';
import { answerFileDialog } from './harness/file-dialog';

/** What other programs have on a machine. */
const FOUND = join(tmpdir(), `vitrine-found-${process.pid}`);
const OLLAMA = join(FOUND, 'ollama');
const HUB = join(FOUND, 'hub');
const MANIFESTS = join(OLLAMA, 'manifests/registry.ollama.ai/library/smollm2');
process.env.OLLAMA_MODELS = OLLAMA;
process.env.HF_HUB_CACHE = HUB;

/** What somebody has fine-tuned, in the cache of Hugging Face's tools. */
const TUNED = join(HUB, 'models--me--tuned');
/** And in a folder of their own. */
const OWN = join(FOUND, 'own');
const FOLDER = 'test/fixtures/architectures/gemma3-scale/hf';

/** Like no other: it has not been compiled before. */
const tiny = Buffer.from(tinyLlama({ metadata: { 'general.name': `got ${process.pid}` } }));
let comesDamaged = true;

/** The hub of the tests: one of its two files comes damaged at first. */
const fakeHub = await openFakeHub({
  name: 'maker/small',
  files: { 'small.gguf': readFileSync(defaultModelPath()), 'tiny.gguf': tiny },
  large: /gguf/,
  info: { cardData: { license: 'gemma' } },
  send: (content, start, response) =>
    send(content === tiny && comesDamaged ? Buffer.alloc(content.length) : content, start, response),
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
      writeFileSync(join(HUB, 'other.gguf'), tinyLlama({ metadata: { 'general.architecture': 'unheard' } }));
      writeFileSync(join(HUB, 'cut.gguf'), tinyLlama().subarray(0, 200));
      writeParts(HUB);
      copyModel(join(TUNED, 'snapshots/abc'));
      mkdirSync(join(TUNED, 'refs'));
      writeFileSync(join(TUNED, 'refs/main'), 'abc');
      copyModel(OWN);
    });
    afterAll(() => {
      rmSync(FOUND, { recursive: true, force: true });
      fakeHub.close();
      proxy.close();
    });

    /** Of the list that a command has opened. */
    const item = (text: RegExp) => workbench().page.locator('.quick-input-list .monaco-list-row', { hasText: text });

    const compile = () => workbench().page.locator('.monaco-dialog-box').getByText('Compile', { exact: true }).click();

    test('stand in the picker with what they are and take: what cannot be opened, or read, last, with the reason', async () => {
      // The list has only the rows that are seen.
      await workbench().page.setViewportSize({ width: 1280, height: 1000 });
      await workbench().openFile('mouse.txt');
      await workbench().run('Vitrine: Choose Model…');
      const other = item(/other.*Hugging Face/);
      await expect
        .poll(() => other.textContent())
        .toMatch(/other.*Hugging Face.*unheard.*Vitrine does not know the architecture 'unheard'/);
      await expect.poll(() => item(/circle.*Hugging Face/).textContent()).toMatch(/its links lead in a circle/);
      expect(await item(/cut/).textContent()).toContain('is damaged');
      expect(await item(/tuned/).textContent()).toMatch(
        /tunedHugging Face · .*gemma3_text · [\d,]+ parameters · BF16 · about .* of memory/,
      );
      expect(await item(/in-parts/).textContent()).toMatch(/in-parts.*llama · [\d,]+ parameters · F32/);
      const rows = await workbench().page.locator('.quick-input-list .monaco-list-row').allTextContents();
      const named = ['tuned', 'cut', 'other', 'circle'].map((name) => rows.findIndex((row) => row.includes(name)));
      expect(named).toEqual(named.toSorted((one, another) => one - another));
      await workbench().screenshots('found-models');
      await other.click();
      await workbench().notification("Vitrine does not know the architecture 'unheard'").waitFor();
    });

    test('of Hugging Face’s cache are opened by their folder, and the side panel says what they are', async () => {
      await workbench().run('Vitrine: Choose Model…');
      await item(/tuned/).click();
      await compile();
      await workbench().status('tuned · cpu').waitFor();
      await workbench().page.locator('.activitybar .action-label[aria-label^="Vitrine"]').click();
      const rows = workbench().rows('Model');
      await expect.poll(() => rows.allTextContents()).toContain('Weightsfloat32');
      await expect
        .poll(() => rows.allTextContents())
        .toContainEqual(expect.stringMatching(/^Layers\d layers, \d of them see \d+ tokens/));
      await workbench().screenshots('found-folder-panel');
    });

    test('are opened where a folder is dropped on the Model view', async () => {
      await dropOnModelView(workbench(), OWN);
      await compile();
      await workbench().status('own · cpu').waitFor();
      await workbench().run('Vitrine: Choose Model…');
      await expect.poll(() => item(/in use/).textContent()).toMatch(/own.*vitrine-found/);
      await workbench().page.keyboard.press('Escape');
    });

    test('are opened by a dialog, which takes files and folders', async () => {
      await workbench().run('Vitrine: Open Model File…');
      const path = workbench().page.locator('.quick-input-widget input[type=text]');
      const file = join(HUB, 'in-parts-00001-of-00002.gguf');
      await path.fill(file);
      await workbench().screenshots('open-model-file');
      const asked = workbench().page.locator('.monaco-dialog-box');
      await answerFileDialog(workbench(), file, () => asked.isVisible());
      await compile();
      await workbench().status('in parts').waitFor();
    });

    test("of Ollama's keep their names", async () => {
      await workbench().runAndChoose('Vitrine: Choose Model…', 'smollm2:135m');
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
      await workbench().runAndChoose('Vitrine: Get a Model…', 'maker/small:tiny');
      await workbench().page.locator('.monaco-dialog-box').getByText('Get', { exact: true }).click();
      await workbench().notification('its checksum is another').waitFor();
    });

    test('may be tried again, and are compiled unasked where they are small', async () => {
      const { page } = workbench();
      comesDamaged = false;
      const failure = page.locator('.notification-list-item', { hasText: 'its checksum is another' });
      await failure.getByRole('button', { name: 'Try Again' }).click();
      await page.locator('.monaco-dialog-box').getByText('Get', { exact: true }).click();
      await workbench().status(`got ${process.pid} · cpu`).waitFor();
    });
  },
);

/** A folder like no other: it has not been compiled before. */
function copyModel(folder: string): void {
  cpSync(FOLDER, folder, { recursive: true });
  const config = join(folder, 'config.json');
  writeFileSync(config, JSON.stringify({ ...JSON.parse(readFileSync(config, 'utf8')), _name_or_path: folder }));
}

/** A model in two files. */
function writeParts(folder: string): void {
  const last = 'output_norm.weight';
  const part = (number: number) => ({
    'split.no': number,
    'split.count': 2,
    'split.tensors.count': Object.keys(TINY_LLAMA_SHAPES).length,
  });
  const shape = TINY_LLAMA_SHAPES[last] ?? [];
  const tensors = [{ name: last, type: 'F32' as const, shape, data: new Float32Array(shape[0] ?? 0) }];
  writeFileSync(
    join(folder, 'in-parts-00001-of-00002.gguf'),
    tinyLlama({ metadata: { 'general.name': `in parts ${process.pid}`, ...part(0) }, shapes: { [last]: undefined } }),
  );
  writeFileSync(join(folder, 'in-parts-00002-of-00002.gguf'), writeGguf({ metadata: part(1), tensors }));
}
