import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { vitrine } from '../support/command-line';
import { publishedTemplate, writeTinyChatModel } from '../support/tiny-chat-model';
import { describeInWorkbench } from './harness/describe';
import { answerFileDialog } from './harness/file-dialog';
import { InspectorPage } from './harness/inspector';
import { reloadWithState } from './harness/reload';

const messages = (...said: [role: string, content: string][]) => ({
  messages: said.map(([role, content]) => ({ role, content })),
});

/** In ASCII, as Python writes it. */
const conversation = (answer: string) =>
  JSON.stringify(
    messages(['system', 'Be kind.'], ['user', 'Say "hi"\nto the café 😀.'], ['assistant', answer]),
  ).replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

const long = messages(['user', 'Tell me more. '.repeat(40)], ['assistant', 'Once upon a time. '.repeat(4)]);
const cell = ['**User:** Hi\n', '\n', '**Assistant:** Hello there.\n'];

const files = {
  'chats.jsonl': [conversation('Hello, café.'), conversation('Good day.')].join('\n'),
  'list.json': JSON.stringify([messages(['user', 'Hi'], ['assistant', 'Hello']), messages(['user', 'Who?'])], null, 2),
  'pairs.jsonl': JSON.stringify({ prompt: 'Name a fruit.', chosen: 'An apple.', rejected: 'A mouse.' }),
  'cells.ipynb': JSON.stringify({
    cells: [{ cell_type: 'raw', id: 'a', metadata: {}, source: cell }],
    metadata: {},
    nbformat: 4,
    nbformat_minor: 5,
  }),
  'long.jsonl': JSON.stringify(long),
  'plain.jsonl': conversation('Hello.'),
};

/** `{"messages":[{"role":"system","content":"` in pixels of the narrowest font. */
const LEAST_LEFT = 40 * 6;

/** As it is written of one vocabulary. */
const countOf = ({ roles, template, tokens }: { roles: Record<string, number>; template: number; tokens: number }) => ({
  roles: [...Object.entries(roles).map(([role, count]) => `${role} ${count}`), `template ${template}`].join(' · '),
  tokens,
});

describeInWorkbench('a file of conversations', { files }, (workbench) => {
  const models = mkdtempSync(join(tmpdir(), 'vitrine-chat-models-'));
  afterAll(() => rmSync(models, { recursive: true, force: true }));
  const lenses = (text: string | RegExp): Locator =>
    workbench().page.locator('.codelens-decoration', { hasText: text });
  /** The editor draws lenses anew when what they say has changed, and a click on one that goes does nothing. */
  const click = (title: string, effect: Locator, nth = 0) => {
    const link = workbench().page.locator('.codelens-decoration a', { hasText: title }).nth(nth);
    const clicked = async () => {
      await link.click({ timeout: 10_000 }).catch(() => {});
      return effect.waitFor({ timeout: 10_000 }).then(
        () => true,
        () => false,
      );
    };
    return expect.poll(clicked).toBe(true);
  };
  const readAsChat = async (file: string, effect = lenses(/^Show /).first()) => {
    await workbench().run('View: Close All Editors');
    await workbench().openFile(file);
    await click('Read as Chat', effect);
  };
  const tab = (name: string) => workbench().page.locator('.tab', { hasText: name });
  const prompt = () => workbench().page.locator('.editor-instance').last().locator('.view-lines');
  const use = (model: string) => {
    mkdirSync(join(workbench().folder, '.vscode'), { recursive: true });
    writeFileSync(join(workbench().folder, '.vscode/settings.json'), JSON.stringify({ 'vitrine.model': model }));
  };

  test('is offered to be read as a chat, and says what each line has', async () => {
    await readAsChat('chats.jsonl');
    await lenses(/tokens \(system 3 · user \d+ · assistant \d+ · template \d+\)/)
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
    await lenses("bits a token in the assistant's part").nth(1).waitFor();
    // Nothing predicts the template's first token, and nothing of the JSON before the first content is read.
    const [first] = await workbench().paint();
    expect(first?.left).toBeGreaterThan(LEAST_LEFT);
    await workbench().goTo(2, 1);
    expect(await workbench().tooltip()).toMatch(
      /Conversation: \d+ tokens \(system 3 · user \d+ · assistant \d+ · template \d+\)/,
    );
    await workbench().screenshots('chats');
    // And they still are in a window that is loaded again.
    await reloadWithState(workbench().page, 'surprisal');
    await lenses("bits a token in the assistant's part").nth(1).waitFor();
    await expect.poll(() => workbench().paint()).not.toHaveLength(0);
    expect((await workbench().paint())[0]?.left).toBeGreaterThan(LEAST_LEFT);
  });

  test('has cards of what its escapes stand for', async () => {
    const [line = ''] = files['chats.jsonl'].split('\n');
    const card = async (text: string) => (await workbench().hover(1, line.indexOf(text) + 2)).textContent();
    await expect.poll(() => card('\\ude00')).toContain('😀 · U+1F600 · 2 tokens share its bytes');
    await expect.poll(() => card('\\u00e9')).toContain('·café');
    expect(await card('\\u00e9')).not.toContain('in GPT-2');
    // Before the first content, what the template adds there.
    await expect.poll(() => card('Be kind')).toContain('The chat template adds here:');
    await workbench().page.keyboard.press('Escape');
  });

  test('is shown as the model reads it, and that follows what is edited', async () => {
    const { page } = workbench();
    await click('Show as the Model Reads It', tab('chats.jsonl, line 1, as the model reads it'));
    await page.locator('.view-line', { hasText: '<|im_start|>assistant' }).first().waitFor();
    await workbench().screenshots('chats-rendered');
    const [line = ''] = files['chats.jsonl'].split('\n');
    await workbench().goTo(1, line.indexOf('Hello') + 1);
    await page.keyboard.type('Well. ');
    await expect.poll(() => prompt().textContent()).toMatch(/Well\.\sHello/);
    await workbench().goTo(1, 1);
    await page.keyboard.press('Delete');
    await lenses('This is how it was before: No conversation begins in line 1 of chats.jsonl.').waitFor();
    await workbench().screenshots('chats-rendered-before');
    await page.keyboard.press('Control+Z');
    await expect.poll(() => lenses('This is how it was before').count()).toBe(0);
    await lenses(/assistant 6 · template/).waitFor();
  });

  test('is inspected as the model reads it, by the roles of its messages', async () => {
    const inspector = new InspectorPage(workbench());
    await click('Inspect', inspector.message('assistant').getByRole('option', { name: 'Well', selected: true }));
    expect(await workbench().page.locator('.editor-group-container').count()).toBe(2);
    await workbench().screenshots('chats-inspected');
    // B would put it into the template once more.
    await workbench().runAndChoose('Vitrine: Compare With…', 'In its chat template');
    await inspector.show('difference');
    await inspector.text('This text is read as a chat already').waitFor();
    await workbench().run('Vitrine: Stop Comparing');
    await inspector.show('probabilities');
  });

  test('is saved as a page, and opened again with its roles', async () => {
    const { page, folder } = workbench();
    const inspector = new InspectorPage(workbench());
    await inspector.button('Export').click();
    await inspector.menuItem('The whole inspector').click();
    const file = join(folder, 'chat.html');
    await answerFileDialog(workbench(), file, () => workbench().notification('Saved chat.html').isVisible());
    await workbench().run('View: Close All Editors');
    await workbench().run('Vitrine: Open Exported Page…');
    await answerFileDialog(workbench(), file, () => page.getByRole('tab', { name: /Untitled-1/ }).isVisible());
    await inspector.message('assistant').getByRole('option', { name: 'Hello' }).waitFor();
    await workbench().screenshots('chats-opened');
    await page.getByRole('tab', { name: /Untitled-1/ }).click();
    await workbench().run('View: Revert and Close Editor');
  });

  test('may have several that begin elsewhere than a line, or in one', async () => {
    await readAsChat('list.json');
    await lenses(/user 1 · assistant 1 · template/).waitFor();
    await lenses(/\(user 2 · template/).waitFor();
    await click('Show as the Model Reads It', tab('list.json, '), 1);
    await expect.poll(() => prompt().textContent()).toContain('Who?');
    await readAsChat('pairs.jsonl');
    await lenses(
      /^Show Chosen.*Inspect Rejected.*chosen \d+ tokens \(user 4 · assistant 3 · template \d+\).*rejected \d+ tokens$/,
    ).waitFor();
    await workbench().run('Vitrine: Count Tokens');
    await workbench()
      .notification(/SmolLM2 135M: chosen (\d+) tokens, rejected \1 tokens/)
      .waitFor();
    await workbench().screenshots('chats-pair');
    await workbench().run('Notifications: Clear All Notifications');
    await click('Show Rejected', tab('pairs.jsonl, '));
    await expect.poll(() => prompt().textContent()).toMatch(/A\smouse\./);
    // Whoever looks at what training would move begins with that pair.
    const inspector = new InspectorPage(workbench());
    await click('Inspect', inspector.message('assistant'));
    await workbench().runAndChoose('Vitrine: Compare With…', 'In its chat template');
    await inspector.show('difference');
    await inspector.text('From loss to reward').first().click();
    await expect.poll(() => inspector.field('Rejected answer').first().inputValue()).toBe('A mouse.');
    expect(await inspector.field('Prompt').inputValue()).toBe('Name a fruit.');
    await workbench()
      .page.locator('.tab', { hasText: /^pairs\.jsonl$/ })
      .click();
    await workbench().status('↔').click();
    await workbench().page.locator('.quick-input-list').getByText('Colour by Difference').waitFor();
    await workbench().page.locator('.quick-input-list').getByText('Open as Data Set').waitFor();
    await workbench().screenshot('actions-comparing');
    await workbench().answer('Stop Comparing');
  });

  test('may be a cell of a notebook', async () => {
    const { page } = workbench();
    await workbench().run('View: Close All Editors');
    await workbench().run('Go to File...');
    await page.locator('.quick-input-widget input[type=text]').fill('cells.ipynb');
    await page.locator('.quick-input-list .label-name', { hasText: 'cells.ipynb' }).first().click();
    await click('Read as Chat', lenses(/user 1 · assistant 3 · template/));
  });

  test('says what a model refuses, and what it leaves out', async () => {
    // It is read as it was before it was closed.
    await workbench().run('View: Close All Editors');
    await workbench().openFile('chats.jsonl');
    // Gemma's own, which transformers renders to the same refusal.
    use(writeTinyChatModel(models, 'gemma', publishedTemplate('google-gemma-2-2b-it')));
    await lenses('The chat template refuses this conversation').first().waitFor();
    await lenses('System role not supported.').nth(1).waitFor();
    await readAsChat('long.jsonl');
    await workbench().run('Vitrine: Colour by Surprisal');
    await lenses(/its first \d+ tokens are left out, as the model reads 256 at most/).waitFor();
    await workbench().notification('the beginning of the conversation in line 1 is left out').waitFor();
    await workbench().screenshots('chats-cut');
  });

  test('is shown as both of two models read it, where their templates differ', async () => {
    writeTinyChatModel(models, 'zephyr', publishedTemplate('HuggingFaceH4/zephyr-7b-gemma-v0.1'));
    await workbench().runAndChoose('Vitrine: Compare With…', 'Another model');
    await workbench().answer('zephyr');
    await workbench().run('Vitrine: Colour by Difference');
    await click('Show as the Model Reads It', tab('long.jsonl, line 1, as gemma reads it'));
    await tab('long.jsonl, line 1, as zephyr reads it').waitFor();
    await lenses('Colour by Difference has zephyr read the prompt of gemma.').waitFor();
    await expect.poll(() => prompt().textContent()).toContain('<|im_start|>user');
    await workbench().screenshots('chats-two-templates');
    await workbench().run('Vitrine: Stop Comparing');
  });

  test('cannot be read by a model without a chat template, which says what to do', async () => {
    use(writeTinyChatModel(models, 'base'));
    await lenses('The model in use has no chat template').first().waitFor();
    await readAsChat('plain.jsonl', workbench().notification('The model in use has no chat template'));
    await expect.poll(() => workbench().page.getByRole('button', { name: 'Choose Model…' }).count()).toBe(1);
  });
});
