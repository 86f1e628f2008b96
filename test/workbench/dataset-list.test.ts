import { expect, test } from 'vitest';
import { describeInWorkbench } from './harness/describe';

const chat = (user: string, assistant: string) =>
  JSON.stringify({
    messages: [
      { role: 'user', content: user },
      { role: 'assistant', content: assistant },
    ],
  });

const files = {
  'chats.jsonl': [
    chat('What is the capital of France?', 'The capital of France is Paris.'),
    '{"messages": [',
    chat('Name a fruit.', 'A mouse is a fruit.'),
  ].join('\n'),
};

describeInWorkbench('a list of conversations', { files }, (workbench) => {
  const list = () =>
    workbench().page.frameLocator('iframe.webview.ready').last().frameLocator('#active-frame').locator('vt-dataset');
  const row = (number: number) => list().locator('.seen [role=row]:not(.head)').nth(number);
  const numbers = async (number: number) => (await row(number).locator('.value').allTextContents()).join(' ');

  test('is scored as PyTorch scores it, and a row opens as a chat', async () => {
    await workbench().openFile('chats.jsonl');
    await workbench().run('Vitrine: Open as a List of Conversations');
    await expect.poll(() => row(2).textContent()).toContain('A mouse is a fruit.');
    await list().getByRole('button', { name: 'Score the Rows' }).click();
    // transformers 5.24, the same file dequantised: 46 and 42 tokens, 0.4549 and 3.949 bits a token of the answers.
    await expect.poll(() => numbers(0)).toBe('46 0.45');
    await expect.poll(() => numbers(2)).toBe('42 3.9');
    await workbench().screenshot('dataset-list');
    await row(2).click();
    await expect
      .poll(() => workbench().page.locator('.editor-instance .view-lines').first().textContent())
      .toContain('mouse');
    await workbench().screenshot('dataset-list-row');
  });
});
