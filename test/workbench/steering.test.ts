import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeControlVector } from '../../src/model/control-vectors/write';
import { describeInWorkbench } from './harness/describe';
import { answerFileDialog } from './harness/file-dialog';
import { InspectorPage } from './harness/inspector';

/** Of the model that comes with Vitrine. */
const SHAPE = { numHiddenLayers: 30, hiddenSize: 576 };
const FOLDER = mkdtempSync(join(tmpdir(), 'vitrine-steering-'));
const FILE = join(FOLDER, 'wave.gguf');
const SAVED = join(FOLDER, 'saved.gguf');

describeInWorkbench('a control vector', { files: { 'mouse.txt': 'The mouse ate the cheese.' } }, (workbench) => {
  const inspector = () => new InspectorPage(workbench());
  const colours = async () => JSON.stringify(await workbench().paint());
  let before = '';
  beforeAll(() => {
    const values = Float32Array.from({ length: SHAPE.numHiddenLayers * SHAPE.hiddenSize }, (_, i) => 5 * Math.sin(i));
    writeFileSync(FILE, writeControlVector(values, SHAPE, 'phi3'));
  });
  afterAll(() => rmSync(FOLDER, { recursive: true }));

  test('that is loaded steers the colours and Continue, and says what is odd about it', async () => {
    await workbench().openFile('mouse.txt');
    await workbench().run('Vitrine: Colour by Surprisal');
    await expect.poll(() => workbench().paint()).toHaveLength(3);
    before = await colours();
    await workbench().run('Vitrine: Load Control Vector…');
    const note = workbench().notification('for a model of the family phi3');
    await answerFileDialog(workbench(), FILE, () => note.isVisible());
    await expect.poll(colours).not.toBe(before);
    await workbench().status('steered 1.0 ×').waitFor();
    await inspector().shows('Continue');
    await inspector().text('Steered by 1.0 × “wave”').waitFor();
    await workbench().screenshot('steering');
  });

  test('is saved as it was', async () => {
    await inspector().button('Save…').click();
    await answerFileDialog(workbench(), SAVED, async () => existsSync(SAVED));
    const [written, read] = [SAVED, FILE].map((file) => readFileSync(file));
    // All but the name of the family, which is now that of the model in use.
    expect(written?.subarray(-SHAPE.hiddenSize * 4)).toEqual(read?.subarray(-SHAPE.hiddenSize * 4));
    expect(written?.includes('llama')).toBe(true);
  });

  test('ends with a button', async () => {
    await inspector().button('Stop steering').first().click();
    await expect.poll(colours).toBe(before);
  });
});
