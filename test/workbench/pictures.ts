import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { FrameLocator } from 'playwright-core';
import { showView } from '../webviews/harness/show-view';
import { installWorkbench } from './harness/install';
import { LessonPage } from './harness/lesson';
import { Workbench } from './harness/workbench';

/*
 * The pictures of the README but the first (steps-picture.ts), of a real workbench with the extension as it is built:
 * `node test/webviews/run.mjs ../workbench/pictures` makes them anew in media/screenshots, with names after it only these. That of
 * a model on a server takes a vLLM with the embedded model: `VITRINE_VLLM=http://127.0.0.1:8123`.
 */

const WINDOW = { width: 1440, height: 900 };
const CLOCK = 'The old clock in the tower strikes nine when the bakers open their doors.\n';
const TIDES = [
  'The tides are caused by the gravity of the Moon and the Sun.',
  'Twice a day the sea rises along the coast, and twice it falls.',
  'Fishermen in Brittany have kept tables of them since 1714.\n',
].join('\n');

/** Code for the map and the review. */
const CODE = Object.fromEntries(
  readdirSync('src/display').map((name) => [`src/display/${name}`, readFileSync(join('src/display', name), 'utf8')]),
);
const CHANGED = 'src/display/sums.ts';

installWorkbench();
const workbench = await Workbench.open({
  files: {
    'clock.txt': CLOCK.repeat(2),
    'numbers.txt': '327 + 1 = 328\n999 + 1 = 1000\n1234567\n',
    'mouse.txt': 'The mouse ate the cheese.\n',
    'chats.jsonl': readFileSync('examples/chats.jsonl', 'utf8'),
    'tides.txt': TIDES,
    'documents.jsonl': readFileSync('examples/documents.jsonl', 'utf8'),
    ...CODE,
    'names.txt': 'When John and Mary went to the shops, John gave the bag to',
  },
  // The text is the figure: nothing covers it, and no marks but Vitrine's are on it.
  settings: {
    'editor.hover.above': false,
    'git.enabled': true,
    'editor.minimap.enabled': false,
    'editor.occurrencesHighlight': 'off',
    'editor.selectionHighlight': false,
    'editor.wordWrap': 'on',
    'window.commandCenter': false,
    'window.title': 'Vitrine',
  },
});
const { page } = workbench;

const { VITRINE_VLLM } = process.env;
try {
  await page.setViewportSize(WINDOW);
  await workbench.run('View: Close Primary Side Bar');
  const pictures = {
    dark: { attention, why, anatomy, difference, map, changes, lesson, ...(VITRINE_VLLM && { server }) },
    light: { numbers, continued, chat, dataset },
  };
  const { positionals } = parseArgs({ allowPositionals: true });
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    for (const [name, make] of Object.entries(pictures[colorScheme])) {
      if (positionals.length === 0 || positionals.includes(name)) await make();
    }
  }
} finally {
  await workbench.close();
}

async function attention(): Promise<void> {
  await workbench.openFile('clock.txt');
  await workbench.run('Select All');
  await workbench.run('Vitrine: Inspect Selection');
  await showView(inspector(), 'attention');
  // Of the second sentence.
  await inspector().getByRole('option', { name: 'strikes' }).last().click();
  await inspector().locator('vt-strongest-keys button.bar').first().waitFor();
  await save('attention');
}

async function why(): Promise<void> {
  await workbench.openFile('names.txt');
  await workbench.goTo(1, 59);
  await workbench.run('Vitrine: Why This Token');
  await workbench.run('Vitrine: Why This Token: Open in the Inspector');
  await inspector().getByRole('button', { name: 'Switch off each of these' }).click();
  await inspector().locator('vt-opened-head table').waitFor();
  await save('why');
  await workbench.run('Vitrine: Clear Decorations');
}

async function numbers(): Promise<void> {
  await workbench.openFile('numbers.txt');
  await workbench.goTo(1, 1);
  await workbench.run('Vitrine: Number Lens');
  await inspector().locator('vt-number-map').nth(3).waitFor();
  await save('numbers');
}

async function continued(): Promise<void> {
  await workbench.openFile('mouse.txt');
  await workbench.select([1, 1], [1, 18]);
  await workbench.run('Vitrine: Continue Text');
  await inspector().locator('vt-sampling-bars button').nth(3).waitFor();
  await save('continue');
}

async function chat(): Promise<void> {
  await workbench.run('View: Close All Editors');
  await workbench.openFile('chats.jsonl');
  await page.locator('.codelens-decoration a', { hasText: 'Read as Chat' }).first().click();
  await workbench.run('Vitrine: Colour by Surprisal');
  await page.locator('.codelens-decoration', { hasText: 'bits a token' }).nth(3).waitFor();
  await page.locator('.codelens-decoration a', { hasText: 'Show as the Model Reads It' }).nth(1).click();
  await page.locator('.view-line', { hasText: 'Now without' }).last().waitFor();
  await save('chat');
  await workbench.run('Vitrine: Clear Decorations');
}

async function difference(): Promise<void> {
  await workbench.run('View: Close All Editors');
  await workbench.openFile('tides.txt');
  await workbench.run('Vitrine: Compare With…');
  await page.locator('.quick-input-list .label-name', { hasText: 'rounded to 4 bits' }).click();
  await workbench.run('Vitrine: Colour by Difference');
  await workbench.run('Vitrine: Inspect Selection');
  await showView(inspector(), 'difference');
  await inspector().getByRole('option', { name: 'Britt' }).click();
  await workbench.run('Notifications: Clear All Notifications');
  await save('difference');
}

/** Once all files are read. */
async function map(): Promise<void> {
  await workbench.run('View: Close All Editors');
  await workbench.run('Vitrine: Show the Map of the Workspace');
  await inspector()
    .getByText(new RegExp(`^${Object.keys(CODE).length} files are read`))
    .waitFor({ timeout: 600_000 });
  await inspector().getByRole('treeitem', { name: 'src/display/glyphs.ts' }).hover();
  await inspector().locator('vt-node-details code').waitFor();
  await save('map');
}

/** Two lines of one file are other than they were. */
async function changes(): Promise<void> {
  await workbench.run('View: Close All Editors');
  const git = (...args: string[]) => execFileSync('git', args, { cwd: workbench.folder });
  git('init', '--quiet', '--initial-branch=main');
  git('add', '--all');
  git('-c', 'user.name=a', '-c', 'user.email=a@example.org', 'commit', '--quiet', '--message', 'a');
  writeFileSync(
    join(workbench.folder, CHANGED),
    (CODE[CHANGED] as string).replace('sum + prediction', 'sum - prediction').replace('+=', '-='),
  );
  await workbench.run('Vitrine: Review Changes');
  await page.locator('.quick-input-list .label-name', { hasText: 'What is not committed' }).click();
  await page
    .locator('.pane', { hasText: 'most surprising new token' })
    .locator('.monaco-list-row')
    .first()
    .waitFor({ timeout: 120_000 });
  await workbench.run('Vitrine: Go to Next Reviewed Change');
  await page.locator('.monaco-diff-editor [class*="ced-"]').first().waitFor();
  await page.getByText(/^(Analyzing|Initializing JS)/).waitFor({ state: 'hidden' });
  await workbench.run('Show or Focus Hover');
  await page.locator('.monaco-hover', { hasText: 'bits' }).waitFor();
  await save('changes');
  await workbench.run('Vitrine: Clear Decorations');
  await workbench.run('View: Close Primary Side Bar');
}

async function dataset(): Promise<void> {
  await workbench.run('View: Close All Editors');
  await workbench.openFile('documents.jsonl');
  await workbench.run('Vitrine: Open as Data Set');
  await workbench.run('View: Close Other Editors in Group');
  await inspector().getByRole('tab', { name: 'Filters' }).click();
  await inspector().getByRole('button', { name: 'Apply the Rules' }).click();
  await inspector().getByRole('button', { name: 'Repetition (Gopher)', expanded: false }).click();
  await inspector().locator('vt-removed-documents li button').first().click();
  await save('dataset');
}

async function anatomy(): Promise<void> {
  await workbench.run('View: Close All Editors');
  await workbench.openFile('tides.txt');
  await workbench.run('Select All');
  await workbench.run('Vitrine: Inspect Selection');
  await showView(inspector(), 'anatomy');
  await inspector().locator('[data-layer="17"]').click();
  await inspector().getByText('what they add').click();
  await inspector().getByRole('option', { name: 'Britt' }).click();
  await save('anatomy');
}

async function lesson(): Promise<void> {
  await workbench.run('View: Close All Editors');
  await workbench.run('Vitrine: Start the Lesson');
  const lesson = new LessonPage(workbench);
  await lesson.step(10).click();
  await lesson.task().click();
  await lesson.part(/✓ done/).waitFor();
  await lesson.answer('Right.');
  await save('lesson');
  await lesson.button('Leave the Lesson').click();
}

/** A text that a server reads. */
async function server(): Promise<void> {
  await workbench.run('View: Close All Editors');
  await workbench.openFile('tides.txt');
  await workbench.run('Vitrine: Connect to a Server…');
  await page.locator('.quick-input-title', { hasText: 'Connect' }).waitFor();
  await page.locator('.quick-input-widget input.input').fill(VITRINE_VLLM as string);
  await workbench.answer(VITRINE_VLLM as string);
  await workbench.notification(/is the model in use in this window\.$/).waitFor();
  await workbench.run('Notifications: Clear All Notifications');
  await workbench.run('Vitrine: Colour by Surprisal');
  await page.locator('.monaco-dialog-box').getByText('Send', { exact: true }).click();
  await page.locator('.view-lines [class*="ced-"]').first().waitFor();
  await workbench.run('Vitrine: Inspect Selection');
  await showView(inspector(), 'probabilities');
  await inspector().getByRole('option', { name: 'Britt' }).click();
  await workbench.run('Notifications: Clear All Notifications');
  await save('server');
  await workbench.run('Vitrine: Use the Model on This Machine');
}

function inspector(): FrameLocator {
  return page.frameLocator('iframe.webview.ready').last().frameLocator('#active-frame');
}

/** Once nothing moves any more. */
async function save(name: string): Promise<void> {
  await page.waitForTimeout(2000);
  await page.screenshot({ path: `media/screenshots/${name}.png`, animations: 'disabled' });
}
