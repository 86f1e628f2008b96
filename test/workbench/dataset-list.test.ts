import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { get_encoding } from 'tiktoken';
import { afterAll, expect, test } from 'vitest';
import { writeTinyChatModel } from '../support/tiny-chat-model';
import { describeInWorkbench } from './harness/describe';
import { answerFileDialog } from './harness/file-dialog';

const chat = (user: string, assistant: string) =>
  JSON.stringify({
    messages: [
      { role: 'user', content: user },
      { role: 'assistant', content: assistant },
    ],
  });

const [question, chosen, rejected] = ['Name a fruit.', 'An apple is a fruit.', 'A mouse is a fruit.'];

const files = {
  'chats.jsonl': [
    chat('What is the capital of France?', 'The capital of France is Paris.'),
    '{"messages": [',
    chat(question, rejected),
  ].join('\n'),
  'pairs.jsonl': [
    chat(question, chosen),
    chat(question, rejected),
    JSON.stringify({ prompt: question, chosen, rejected }),
    chat('word '.repeat(300), 'Too long.'),
  ].join('\n'),
};

/** More than the editor gives to its extensions. */
const LARGE_LINES = 130_000;
const TEMPLATE =
  '{% for message in messages %}<|start_header_id|>{{ message.role }}\n{{ message.content }}<|end_of_text|>{% endfor %}';

describeInWorkbench('a list of conversations', { files }, (workbench) => {
  const models = mkdtempSync(join(tmpdir(), 'vitrine-list-models-'));
  afterAll(() => rmSync(models, { recursive: true, force: true }));
  const list = () =>
    workbench().page.frameLocator('iframe.webview.ready').last().frameLocator('#active-frame').locator('vt-dataset');
  const row = (number: number) => list().locator('.seen [role=row]:not(.head)').nth(number);
  const numbers = async (number: number) => (await row(number).locator('.value').allTextContents()).join(' ');
  const saved = async (name: string): Promise<Record<string, number>[]> => {
    const path = join(workbench().folder, name);
    await list().getByRole('button', { name: 'Save CSV…' }).click();
    await answerFileDialog(workbench(), path, async () => existsSync(path));
    const [head = '', ...lines] = readFileSync(path, 'utf8').trim().split('\r\n');
    const names = head.split(',');
    return lines.map((line) =>
      Object.fromEntries(line.split(',').map((cell, i) => [names[i], cell === '' ? Number.NaN : Number(cell)])),
    );
  };

  test('is scored as PyTorch scores it, and saved, and a row opens as a chat', async () => {
    await workbench().openFile('chats.jsonl');
    await workbench().run('Vitrine: Open as Data Set');
    await expect.poll(() => row(2).textContent()).toContain('A mouse is a fruit.');
    await list().getByRole('button', { name: 'Score the Rows' }).click();
    // transformers 5.24, the same file dequantised: 46 and 42 tokens, 0.4549 and 3.949 bits a token of the answers.
    await expect.poll(() => numbers(0)).toBe('46 0.45');
    await expect.poll(() => numbers(2)).toBe('42 3.9');
    await workbench().screenshot('dataset-list');
    const [first, problem, third] = await saved('numbers.csv');
    expect(first).toMatchObject({ line: 1, tokens: 46, loss: expect.closeTo(0.4549, 3) });
    // The answer is seven tokens, the token of its end and a line break.
    expect(first?.lossSum).toBeCloseTo(0.4549 * 9, 2);
    expect(problem?.lossSum).toBeNaN();
    expect(third?.loss).toBeCloseTo(3.949, 2);
    await list().getByRole('tab', { name: 'Filters' }).click();
    await list().getByRole('button', { name: 'Apply the Rules' }).click();
    // One is cut off, the others are shorter than FineWeb lets through.
    await list().getByRole('button', { name: 'Can be read 1 removed' }).click();
    await list().getByRole('button', { name: '{"messages": [' }).click();
    await list().getByText('0 of 3').waitFor();
    await workbench().screenshots('dataset-filters');
    await list().getByRole('tab', { name: 'Rows' }).click();
    await row(2).click();
    await expect
      .poll(() => workbench().page.locator('.editor-instance .view-lines').first().textContent())
      .toContain('mouse');
    await workbench().screenshot('dataset-list-row');
  });

  test('has filters with questions and a model, exports what they decide, and counts in any vocabulary', async () => {
    const { page, folder } = workbench();
    // Of the texts in English that rules let through only two: a model takes its time.
    const documents = readFileSync('examples/documents.jsonl', 'utf8')
      .trim()
      .split('\n')
      .filter((line) => !/"id": "(en-(?!bread|tides)|nearly)/.test(line));
    const [question] = /^(\S+\s+){20}/.exec(JSON.parse(documents[0] as string).text) ?? [];
    writeFileSync(join(folder, 'documents.jsonl'), `${documents.join('\n')}\n`);
    writeFileSync(join(folder, 'questions.txt'), `${question}\n`);
    const choose = async (button: string, name: string, isTaken: () => Promise<boolean>) => {
      await list().getByRole('button', { name: button }).click();
      await answerFileDialog(workbench(), join(folder, name), isTaken);
    };
    const rule = (name: string) => list().locator('.row .title', { hasText: name });
    await workbench().run('View: Close All Editors');
    await workbench().openFile('documents.jsonl');
    await workbench().run('Vitrine: Open as Data Set');
    await list().getByRole('tab', { name: 'Filters' }).click();
    await list().getByRole('button', { name: 'Apply the Rules' }).click();
    await list().getByText('5 of 42').waitFor();

    await rule('Questions of a test').click();
    await choose('Choose Questions…', 'questions.txt', () => list().getByText('4 of 42').isVisible());
    await list().locator('vt-removed-documents li button').click();
    await list().getByRole('button', { name: 'Open in Its File' }).waitFor();
    await workbench().screenshots('dataset-questions');

    const [kept, removed] = [join(folder, 'kept.jsonl'), join(folder, 'removed.jsonl')];
    await choose('Export What Stays…', 'kept.jsonl', async () => existsSync(kept));
    await choose('Export What Goes…', 'removed.jsonl', async () => existsSync(removed));
    const stays = readFileSync(kept, 'utf8').trim().split('\n');
    expect(stays).toEqual(documents.filter((line) => stays.includes(line)));
    expect(stays.length).toBe(4);
    const goes = readFileSync(removed, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(goes.length).toBe(38);
    const { id } = JSON.parse(documents[0] as string);
    expect(goes.find((document) => document.id === id).rejection.reason).toContain('contamin');

    await rule('Bits per byte').click();
    await list().getByRole('button', { name: 'Read with the Model' }).click();
    await list().locator('vt-rule-measures').getByRole('button', { name: 'too hard' }).click();
    const hard = list().getByRole('slider', { name: 'too hard' });
    await hard.waitFor();
    await expect.poll(() => list().getByText('The model reads while nobody waits').isVisible()).toBe(false);
    await hard.focus();
    await page.keyboard.press('Home');
    await list().getByText('0 of 42').waitFor();
    await list().locator('vt-removed-documents li button').first().click();
    await list()
      .getByText(/measured \d/)
      .waitFor();
    await workbench().screenshots('dataset-model-rule');

    const number = await list().locator('vt-removed-document h2').textContent();
    await list().getByRole('button', { name: 'Open in Its File' }).click();
    await page.locator('.statusbar-item', { hasText: `Ln ${number?.replace('Document ', '')}, Col 1` }).waitFor();

    await page.locator('.tab', { hasText: 'documents.jsonl' }).last().click();
    await list().getByRole('tab', { name: 'Lengths' }).click();
    await list().getByRole('button', { name: 'Count Tokens' }).click();
    await list().getByLabel('Vocabulary').selectOption('cl100k_base');
    const encoding = get_encoding('cl100k_base');
    const tokens = documents.reduce((sum, line) => sum + encoding.encode_ordinary(JSON.parse(line).text).length, 0);
    await list()
      .getByText(`42 documents, ${tokens.toLocaleString('en')} tokens`)
      .waitFor();
    await workbench().screenshots('dataset-lengths');
  });

  test('has the losses of two models, and the margins of pairs by them', async () => {
    mkdirSync(join(workbench().folder, '.vscode'), { recursive: true });
    const model = writeTinyChatModel(models, 'tiny', TEMPLATE);
    writeFileSync(join(workbench().folder, '.vscode/settings.json'), JSON.stringify({ 'vitrine.model': model }));
    await workbench().run('View: Close All Editors');
    await workbench().openFile('pairs.jsonl');
    await workbench().runAndChoose('Vitrine: Compare With…', 'The same weights, rounded to 4 bits');
    await workbench().run('Vitrine: Open as Data Set');
    await list().getByRole('button', { name: 'Score the Rows' }).click();
    await list().getByText('4 of 4 scored').waitFor();
    await list()
      .getByText(/^loss A .* bits a token over \d+ tokens$/)
      .waitFor();
    await list()
      .getByText(/^chosen is preferred in [01] of 1 pairs, mean margin/)
      .waitFor();
    await list().getByText('A: tiny, F16 · B: tiny, Q4_0').waitFor();
    await list().getByText('tokens, and tiny, F16 reads at most 256.').waitFor();
    await workbench().screenshots('dataset-list-models');
    const [ofChosen, ofRejected, pair] = await saved('pairs.csv');
    if (!ofChosen || !ofRejected || !pair) throw new Error('rows are missing');
    const moved = ({ lossSum = 0, lossSumB = 0 }: Record<string, number>) => (lossSum - lossSumB) * Math.LN2;
    expect(Math.abs(moved(ofChosen))).toBeGreaterThan(0);
    expect(ofChosen.difference).toBeCloseTo((ofChosen.lossB ?? 0) - (ofChosen.loss ?? 0), 9);
    // As TRL has it, with β = 1.
    expect(pair.margin).toBeCloseTo(moved(ofChosen) - moved(ofRejected), 6);
    await list().getByRole('button', { name: 'B − A' }).click();
    await expect.poll(() => list().locator('[aria-sort=descending]').textContent()).toContain('B − A');
  });

  test('opens a row of a file that is too large for the editor', async () => {
    const { page } = workbench();
    writeFileSync(
      join(workbench().folder, 'large.jsonl'),
      `${chat('A question that is asked many times over. '.repeat(8), 'An answer.')}\n`.repeat(LARGE_LINES) +
        chat('Is this the last?', 'It is.'),
    );
    await workbench().run('View: Close All Editors');
    // The palette may still search among the files of before.
    await workbench().run('View: Show Explorer');
    await page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'large.jsonl' }).click();
    await page.getByText('because it is very large').waitFor();
    await workbench().run('Vitrine: Open as Data Set');
    await expect.poll(() => row(0).textContent()).toContain('An answer.');
    await list().getByText('130,001 rows').waitFor();
    await list().locator('.scroller').focus();
    await page.keyboard.press('End');
    await expect
      .poll(() => list().locator('[role=row][aria-selected=true]').textContent())
      .toContain('Is this the last?');
    await page.keyboard.press('Enter');
    await page.locator('.tab.active', { hasText: 'large.130001.jsonl' }).waitFor();
    await page.locator('.codelens-decoration', { hasText: /user \d+ · assistant \d+ · template/ }).waitFor();
    await workbench().screenshot('dataset-list-large-row');
  });

  test('has the documents of a Parquet file and of a folder as text, and a row opens as a document', async () => {
    const { page, folder } = workbench();
    copyFileSync('test/fixtures/parquet/snappy.parquet', join(folder, 'words.parquet'));
    mkdirSync(join(folder, 'texts'));
    writeFileSync(join(folder, 'texts/one.md'), 'The first text\nhas two lines.');
    writeFileSync(join(folder, 'texts/two.txt'), 'The second.');
    await workbench().run('View: Close All Editors');
    await workbench().run('View: Show Explorer');
    for (const [name, place, text] of [
      ['words.parquet', 3, 'the cheese línea nueva'],
      ['texts', 0, 'The first text has two lines.'],
    ] as const) {
      await page.locator('.explorer-folders-view .monaco-list-row', { hasText: name }).click({ button: 'right' });
      // A menu that has just come takes no clicks for a moment.
      await page.getByRole('menuitem', { name: 'Open as Data Set' }).hover();
      await page.keyboard.press('Enter');
      await expect.poll(() => row(place).textContent()).toContain(text);
    }
    await workbench().screenshots('dataset-documents');
    await row(0).click();
    await page.locator('.tab.active', { hasText: 'texts.1.txt' }).waitFor();
    await expect
      .poll(() => page.locator('.editor-instance .view-lines').first().textContent())
      .toMatch(/has.two.lines/);
  });
});
