import { resolve } from 'node:path';
import type { Locator } from 'playwright-core';
import { expect, test } from 'vitest';
import { loadRequest, readAll, startTestEngine } from '../support/engine';
import { isAlive } from '../support/processes';
import { describeInWorkbench } from './harness/describe';
import { answerFileDialog } from './harness/file-dialog';
import { InspectorPage } from './harness/inspector';
import { takeFreeMemory } from './harness/no-free-memory';
import { reloadWithState } from './harness/reload';
import type { Workbench } from './harness/workbench';

const TEXT = 'The mouse ate the cheese, and the cat saw it from the roof.';
const ARCHITECTURES = resolve('test/fixtures/architectures');
const MODEL = `${ARCHITECTURES}/llama-biases/hf`;
const options = { files: { 'mouse.txt': TEXT }, settings: { 'vitrine.model': MODEL } };

/** What the model says of each token, by the character that it begins with. */
async function logprobsOf(weights: 'float32' | 'q4_0'): Promise<Map<number, number>> {
  const engine = startTestEngine();
  try {
    await engine.load(loadRequest({ path: MODEL, weights }));
    const { starts, logprob } = await readAll(engine, TEXT);
    return new Map(Array.from(starts, (start, i) => [start, logprob[i] as number]));
  } finally {
    await engine.stop();
  }
}

describeInWorkbench('two models', options, (workbench) => {
  const inspector = () => new InspectorPage(workbench());
  const cheese = TEXT.indexOf('cheese') + 2;
  const card = async (column: number) => (await workbench().hover(1, column)).textContent();

  test('are named and loaded as soon as they are chosen, and the notice leads to the view', async () => {
    await workbench().openFile('mouse.txt');
    await workbench().runAndChoose('Vitrine: Compare With…', 'The same weights, rounded to 4 bits');
    await workbench().status('llama-biases/hf, F16 ↔ llama-biases/hf, Q4_0').waitFor();
    await workbench().notification('is compared with B (llama-biases/hf, Q4_0)').waitFor();
    await workbench().screenshot('compared-notice');
    await workbench().page.getByRole('button', { name: 'Open in the Inspector' }).click();
    await inspector().text('mean KL(A‖B)').waitFor();
    await inspector().text('Statistics').click();
    await inspector().button('Measure').click();
    await inspector().text('Mean KLD').waitFor();
    await inspector().text('From loss to reward').first().click();
    await inspector().text('As plain text').click();
    await inspector().text('margin').first().waitFor();
  });

  test('explain rewards also where both are one model on one engine, between which nothing was trained', async () => {
    await workbench().runAndChoose('Vitrine: Compare With…', 'In its chat template');
    await inspector().text('0.693 nats').waitFor();
    await inspector().text('Nothing was trained between A and B').first().waitFor();
    await workbench().screenshots('rewards-untrained');
    await workbench().runAndChoose('Vitrine: Compare With…', 'The same weights, rounded to 4 bits');
    await workbench().run('View: Close All Editors');
  });

  test('colour each token of a document, or of what is selected, by what they say otherwise', async () => {
    await workbench().openFile('mouse.txt');
    await workbench().run('Vitrine: Colour by Difference');
    await workbench().status('llama-biases/hf, F16 ↔ llama-biases/hf, Q4_0').waitFor();
    await expect.poll(async () => (await workbench().paint()).length).toBeGreaterThan(8);
    const whole = await workbench().paint();
    await workbench().screenshots('difference');
    await workbench().run('Vitrine: Clear Decorations');
    await expect.poll(() => workbench().paint()).toHaveLength(0);
    await workbench().select([1, 5], [1, 10]);
    await workbench().run('Vitrine: Colour by Difference');
    const paintedTo = async () => (await workbench().paint()).at(-1)?.left ?? Number.POSITIVE_INFINITY;
    await expect.poll(paintedTo).toBeLessThan((whole.at(-1)?.left ?? 0) / 2);
    await workbench().run('Vitrine: Clear Decorations');
    await workbench().goTo(1, 1);
    await workbench().run('Vitrine: Colour by Difference');
    await expect.poll(paintedTo).toBe(whole.at(-1)?.left);
  });

  test('are on blue where B finds them more probable, and on the warm hue where less', async () => {
    const { width = 0 } = (await workbench().page.locator('.view-line > span').first().boundingBox()) ?? {};
    const [a, b] = [await logprobsOf('float32'), await logprobsOf('q4_0')];
    for (const { colour, left } of await workbench().paint()) {
      const [red = 0, , blue = 0] = colour;
      const character = Math.round((left / width) * TEXT.length);
      const ratio = (b.get(character) ?? Number.NaN) - (a.get(character) ?? Number.NaN);
      expect(Math.sign(ratio), `${character}`).toBe(blue > red ? 1 : -1);
    }
  });

  test('have both their guesses in the card of a token, and their names in the legend', async () => {
    await expect
      .poll(() => card(cheese))
      .toMatch(/[AB] gives it .* times the probability .*KL.*A: .*rank.*B: .*rank.*Models/s);
    await workbench().screenshots('difference-hover');
    await workbench().status('↔').hover();
    const legend = workbench().page.locator('.monaco-hover', { hasText: 'KL(A ‖ B)' });
    await legend.waitFor();
    expect(await legend.textContent()).toMatch(/log-probability of B.*nats.*the first guess flips/s);
    await workbench().screenshot('difference-legend');
    await workbench().page.mouse.move(0, 0);
  });

  test('say in the list of tokens how far each token moved', async () => {
    await workbench().page.locator('.activitybar .action-label[aria-label^="Vitrine"]').click();
    await expect.poll(() => workbench().rows('Tokens').nth(2).textContent()).toMatch(/B − A [+−][\d.]+ nats/);
    await workbench().page.keyboard.press('Control+B');
  });

  test('leave their colours pale behind an edit, and go on where the other is killed while it reads', async () => {
    const before = await strongest(workbench());
    const [, other = 0] = workbench().engines();
    await workbench().goTo(1, 5);
    process.kill(other, 'SIGSTOP');
    await workbench().page.keyboard.type('small ');
    await workbench().notification('Vitrine compares mouse.txt').waitFor();
    expect(await strongest(workbench())).toBeGreaterThan(0);
    expect(await strongest(workbench())).toBeLessThan(before);
    process.kill(other, 'SIGKILL');
    await expect.poll(() => card(cheese + 6)).toContain('KL');
    expect(await workbench().notification('could not answer').count()).toBe(0);
  });

  test('go on after the engines of both are killed', async () => {
    const engines = workbench().engines();
    expect(engines).toHaveLength(2);
    for (const engine of engines) process.kill(engine, 'SIGKILL');
    await expect.poll(() => engines.some(isAlive)).toBe(false);
    await workbench().page.keyboard.press('Escape');
    await workbench().goTo(1, 5);
    await workbench().page.keyboard.type('very ');
    await expect.poll(() => workbench().engines()).toHaveLength(2);
    await expect.poll(() => card(cheese + 11)).toContain('KL');
  });

  test('say side by side what comes next, and the other goes on', async () => {
    await workbench().run('Vitrine: Continue Text');
    await inspector().button('continue with B').first().click();
    await inspector().text('written by').waitFor({ state: 'attached' });
    await inspector().button('continue with A').first().waitFor();
    await workbench().screenshot('continue-compared');
  });

  test('of different vocabularies colour the parts that both cut off, whose card has the bits of both', async () => {
    await workbench().runAndChoose('Vitrine: Compare With…', 'Another model…');
    await workbench().answer('cohere/hf');
    await workbench().status('↔ cohere/hf').waitFor();
    await expect.poll(() => card(cheese + 11)).toMatch(/A .* bits · .* a character.*B .* bits · .*KL is not defined/s);
    await workbench().screenshots('difference-span');
  });

  test('are still held against each other in a window that is loaded again, where memory holds one by turns', async () => {
    takeFreeMemory(workbench().server);
    await reloadWithState(workbench().page, 'vitrine.comparing":true');
    await workbench().status('↔ cohere/hf').waitFor();
    await expect.poll(async () => (await workbench().paint()).length).toBeGreaterThan(0);
    // The item is drawn anew while the models take turns, which takes its tooltip away.
    await expect.poll(() => workbench().tooltip('↔ cohere/hf')).toContain('Memory holds one of both at a time');
    await workbench().page.mouse.move(0, 0);
  });

  test('with an adapter between them: the colours follow its gain, and without any the base is what it was', async () => {
    await compareWithAdapter(workbench(), 'lora-llama', workbench().status('+ lora-llama'));
    await workbench().run('Vitrine: Inspect Selection');
    await inspector().show('difference');
    await inspector()
      .text(/^Text$/)
      .last()
      .click();
    const gain = inspector().slider('Gain of the adapter');
    await expect.poll(async () => (await workbench().paint()).length).toBeGreaterThan(1);
    await gain.fill('0');
    await expect.poll(async () => (await workbench().paint()).length).toBe(0);
    await inspector().text('0 of').waitFor();
    await workbench()
      .status(/\+ 0 × lora-llama .* A and B agree within/)
      .waitFor();
    await gain.fill('2.5');
    await workbench().status('+ 2.5 × lora-llama').waitFor();
    await expect.poll(async () => (await workbench().paint()).length).toBeGreaterThan(1);
    await workbench().screenshots('difference-gain');
  });

  test('with an adapter of another model: it is refused when it is chosen, and what was compared stays', async () => {
    const told = workbench().notification(/The adapter .*lora-qwen2 does not fit .*llama-biases/);
    await compareWithAdapter(workbench(), 'lora-qwen2', told);
    await workbench().run('Notifications: Clear All Notifications');
    await workbench().status('+ 2.5 × lora-llama').waitFor();
    expect((await workbench().paint()).length).toBeGreaterThan(1);
  });

  test('are one again when a person stops comparing', async () => {
    await workbench().run('Vitrine: Stop Comparing');
    await expect.poll(() => workbench().status('↔').count()).toBe(0);
    await expect.poll(() => workbench().paint()).toHaveLength(0);
  });
});

const strongest = async (workbench: Workbench): Promise<number> =>
  Math.max(0, ...(await workbench.paint()).map(({ opacity }) => opacity));

async function compareWithAdapter(workbench: Workbench, name: string, followed: Locator): Promise<void> {
  await workbench.runAndChoose('Vitrine: Compare With…', 'An adapter on this model: folder…');
  await answerFileDialog(workbench, `${ARCHITECTURES}/${name}`, () => followed.isVisible());
}
