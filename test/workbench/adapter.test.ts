import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { describeInWorkbench } from './harness/describe';
import { dropOnModelView } from './harness/drop-model';

const MODEL = resolve('test/fixtures/architectures/llama-biases/hf');
const ADAPTER = resolve('test/fixtures/architectures/lora-llama');

const options = { files: { 'mouse.txt': 'mouse' }, settings: { 'vitrine.model': MODEL } };

describeInWorkbench('an adapter', options, (workbench) => {
  test('that is dropped on the Model view is merged into the model, and the text is read again', async () => {
    await workbench().openFile('mouse.txt');
    await workbench().run('Vitrine: Colour by Surprisal');
    await workbench().page.locator('.activitybar .action-label[aria-label^="Vitrine"]').click();
    const sum = () => workbench().rows('Tokens').first().textContent();
    await expect.poll(sum).toMatch(/bits/);
    const before = await sum();
    await dropOnModelView(workbench(), ADAPTER);
    const toast = workbench().page.locator('.notification-list-item', { hasText: 'holds an adapter' });
    await toast.hover();
    await toast.getByRole('button', { name: 'Use as Adapter' }).click();
    await workbench().status('+ lora-llama').waitFor();
    await expect.poll(sum).not.toBe(before);
    const vocabulary = workbench().rows('Model').filter({ hasText: 'Vocabulary' });
    await expect.poll(() => vocabulary.textContent()).toBe('Vocabularyllama-biases/hf');
  });

  test('that is for another model is left out where a person says so', async () => {
    await workbench().run('Vitrine: Choose Model…');
    await workbench().answer('SmolLM2-135M-Instruct');
    await workbench().page.locator('.monaco-dialog-box').getByText('Use Without Adapter', { exact: true }).click();
    await workbench().status('SmolLM2 135M · cpu').waitFor();
  });
});
