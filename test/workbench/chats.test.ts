import { join } from 'node:path';
import { expect, test } from 'vitest';
import { vitrine } from '../support/command-line';
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

/** As it is written of one vocabulary. */
const countOf = ({ roles, template, tokens }: { roles: Record<string, number>; template: number; tokens: number }) => ({
  roles: [...Object.entries(roles).map(([role, count]) => `${role} ${count}`), `template ${template}`].join(' · '),
  tokens,
});

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

  test('has the conversation at the cursor counted by role, also as OpenAI counts it', async () => {
    const { stdout } = await vitrine(['chat', '-', '--count', '--json'], { input: files['chats.jsonl'] });
    const [model, cl100k] = JSON.parse(stdout.split('\n')[1] ?? '').counts.map(countOf);
    await workbench().goTo(2, 1);
    await workbench().status(`${model.tokens} tok`).waitFor();
    await workbench().run('Vitrine: Count Tokens');
    await workbench().notification(`SmolLM2 135M: ${model.tokens} tokens (${model.roles})`).waitFor();
    await workbench().notification(`OpenAI publishes it, cl100k: ${cl100k.tokens} tokens (${cl100k.roles})`).waitFor();
    await workbench().screenshots('chats-counted');
    await workbench().run('Notifications: Clear All Notifications');
    await workbench().runAndChoose('Vitrine: Copy Tokens As…', 'Ids');
    await workbench().status(`Copied ${model.tokens} tokens`).waitFor();
    await workbench().page.locator('.activitybar .action-label[aria-label^="Vitrine"]').click();
    const listed = JSON.parse(stdout.split('\n')[0] ?? '').counts.map(countOf)[0];
    await workbench()
      .rows('Tokens')
      .filter({ hasText: `${listed.tokens} tokens (${listed.roles})` })
      .waitFor();
    await workbench().rows('Tokens').filter({ hasText: '<|im_start|>of the template' }).first().waitFor();
    await workbench().screenshots('chats-listed');
    await workbench().run('View: Toggle Primary Side Bar Visibility');
    // Of a part of it, what is selected.
    await workbench().openFile('chats.jsonl');
    const good = files['chats.jsonl'].split('\n')[1]?.indexOf('Good') ?? 0;
    await workbench().select([2, good + 1], [2, good + 'Good'.length + 1]);
    await workbench().status('1 token').waitFor();
    await workbench().goTo(1, 1);
  });

  test('has its colours on the text inside the JSON, and bits in the lens', async () => {
    await workbench().run('Vitrine: Colour by Surprisal');
    await expect.poll(() => workbench().paint()).not.toHaveLength(0);
    const { page } = workbench();
    await page.locator('.codelens-decoration', { hasText: "bits a token in the assistant's part" }).nth(1).waitFor();
    // Nothing predicts the template's first token, and nothing of the JSON before the first content is read.
    const [first] = await workbench().paint();
    expect(first?.left).toBeGreaterThan(LEAST_LEFT);
    await workbench().goTo(2, 1);
    expect(await workbench().tooltip()).toMatch(
      /Conversation: \d+ tokens \(system 3 · user \d+ · assistant \d+ · template \d+\)/,
    );
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

  test('is saved as a page, and opened again with its roles', async () => {
    const { page, folder } = workbench();
    const inspector = new InspectorPage(workbench());
    await inspector.button('Export').click();
    await inspector.menuItem('The whole inspector').click();
    const place = page.locator('.quick-input-widget input[type=text]');
    await expect.poll(() => place.inputValue()).toContain(folder);
    await place.fill(join(folder, 'chat.html'));
    await place.press('Enter');
    await workbench().notification('Saved chat.html').waitFor();
    await workbench().run('View: Close All Editors');
    await workbench().run('Vitrine: Open Exported Page…');
    await place.waitFor();
    await place.fill(join(folder, 'chat.html'));
    await place.press('Enter');
    await page.getByRole('tab', { name: /Untitled-1/ }).waitFor();
    await inspector.message('assistant').getByRole('option', { name: 'Hello' }).waitFor();
    await workbench().screenshots('chats-opened');
  });
});
