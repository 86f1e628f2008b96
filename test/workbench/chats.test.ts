import { expect, test } from 'vitest';
import { describeInWorkbench } from './harness/describe';
import { InspectorPage } from './harness/inspector';

const conversation = (answer: string) =>
  JSON.stringify({
    messages: [
      { role: 'system', content: 'Be kind.' },
      { role: 'user', content: 'Say "hi"\nto the café.' },
      { role: 'assistant', content: answer },
    ],
  }).replace('é', '\\u00e9');

const files = { 'chats.jsonl': [conversation('Hello, café.'), conversation('Good day.')].join('\n') };

/** `{"messages":[{"role":"system","content":"` in pixels of the narrowest font. */
const LEAST_LEFT = 40 * 6;

describeInWorkbench('a file of conversations', { files }, (workbench) => {
  test('is offered to be read as a chat, and says what each line has', async () => {
    await workbench().openFile('chats.jsonl');
    const { page } = workbench();
    await page.locator('.codelens-decoration a', { hasText: 'Read as Chat' }).first().click();
    await page
      .locator('.codelens-decoration', { hasText: /system 3 · user \d+ · assistant \d+ tokens/ })
      .first()
      .waitFor();
  });

  test('has its colours on the text inside the JSON, and bits in the lens', async () => {
    await workbench().run('Vitrine: Colour by Surprisal');
    await expect.poll(() => workbench().paint()).not.toHaveLength(0);
    const { page } = workbench();
    await page.locator('.codelens-decoration', { hasText: "bits a token in the assistant's part" }).nth(1).waitFor();
    // Nothing predicts the template's first token, and nothing of the JSON before the first content is read.
    const [first] = await workbench().paint();
    expect(first?.left).toBeGreaterThan(LEAST_LEFT);
    await workbench().screenshots('chats');
  });

  test('is shown as the model reads it', async () => {
    const { page } = workbench();
    await page.locator('.codelens-decoration a', { hasText: 'Show as the Model Reads It' }).first().click();
    await page.locator('.view-line', { hasText: '<|im_start|>assistant' }).first().waitFor();
    await expect
      .poll(() => page.locator('.tab', { hasText: 'chats.jsonl, line 1, as the model reads it' }).count())
      .toBe(1);
    await workbench().screenshots('chats-rendered');
  });

  test('is inspected as the model reads it, by the roles of its messages', async () => {
    const { page } = workbench();
    await page.locator('.codelens-decoration a', { hasText: 'Inspect' }).first().click();
    const inspector = new InspectorPage(workbench());
    await inspector.message('assistant').getByRole('option', { name: 'Hello' }).waitFor();
    await workbench().screenshots('chats-inspected');
  });
});
