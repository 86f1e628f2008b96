import { describe, expect, test } from 'vitest';
import { describeInWorkbench } from './harness/describe';
import { numbersOfHover } from './harness/hover-numbers';

/** Where a vLLM serves the embedded model's weights as float32: `VITRINE_VLLM=http://127.0.0.1:8123`. */
const address = process.env.VITRINE_VLLM;

const TEXT = 'The mouse ate the cheese.\nEl ratón comió el queso.\n';

describe.skipIf(!address)('a vLLM with the embedded model (VITRINE_VLLM)', () => {
  describeInWorkbench('in the workbench', { files: { 'mouse.txt': TEXT } }, (workbench) => {
    test('colours a text as the model on this machine does', async () => {
      await workbench().openFile('mouse.txt');
      await workbench().runAndChoose('Vitrine: Connect to a Server…', address as string);
      await workbench()
        .notification(/is the model in use in this window\.$/)
        .waitFor();
      await workbench().run('Vitrine: Colour by Surprisal');
      await workbench().page.locator('.monaco-dialog-box').getByText('Send', { exact: true }).click();
      await expect.poll(() => workbench().paint()).not.toHaveLength(0);
      const painted = await workbench().paint();
      const served = await numbersOfHover(workbench(), 1, 6);
      await workbench().screenshots('server-vllm');
      await workbench().run('Vitrine: Use the Model on This Machine');
      await workbench()
        .status(/SmolLM2 135M · cpu/)
        .waitFor();
      await expect.poll(() => workbench().paint()).toEqual(painted);
      expect(await numbersOfHover(workbench(), 1, 6)).toBe(served);
    });
  });
});
