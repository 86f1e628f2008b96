import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { loadRequest, readAll, startTestEngine } from '../support/engine';
import { isAlive } from '../support/processes';
import { describeInWorkbench } from './harness/describe';
import { InspectorPage } from './harness/inspector';

const TEXT = 'The mouse ate the cheese, and the cat saw it from the roof.';
const MODEL = resolve('test/fixtures/architectures/llama-biases/hf');
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

const options = { files: { 'mouse.txt': TEXT }, settings: { 'vitrine.model': MODEL } };

describeInWorkbench('two models', options, (workbench) => {
  test('are held against each other, and what they say otherwise of each token is coloured', async () => {
    await workbench().openFile('mouse.txt');
    await workbench().runAndChoose('Vitrine: Compare With…', 'The same weights, rounded to 4 bits');
    await workbench().run('Vitrine: Colour by Difference');
    await workbench().status(', Q4_0').waitFor();
    await expect.poll(async () => (await workbench().paint()).length).toBeGreaterThan(1);
    await workbench().screenshots('difference');
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
    const hover = await workbench().hover(1, TEXT.indexOf('cheese') + 2);
    await expect.poll(() => hover.textContent()).toMatch(/KL.*A: .*rank.*B: .*rank/s);
    await workbench().screenshots('difference-hover');
    await workbench().status('↔').hover();
    const legend = workbench().page.locator('.monaco-hover', { hasText: 'KL(A ‖ B)' });
    await legend.waitFor();
    await workbench().screenshot('difference-legend');
    await workbench().page.mouse.move(0, 0);
  });

  test('go on after the engine of the other is killed', async () => {
    const engines = workbench().engines();
    expect(engines).toHaveLength(2);
    for (const engine of engines) process.kill(engine, 'SIGKILL');
    await expect.poll(() => engines.some(isAlive)).toBe(false);
    await workbench().page.keyboard.press('Escape');
    await workbench().goTo(1, TEXT.length + 1);
    await workbench().page.keyboard.type(' Then it slept.');
    await expect.poll(() => workbench().engines()).toHaveLength(2);
    const card = async () => (await workbench().hover(1, TEXT.length + 10)).textContent();
    await expect.poll(card).toContain('KL');
  });

  test('say side by side what comes next, and the other goes on', async () => {
    await workbench().run('Vitrine: Continue Text');
    const inspector = new InspectorPage(workbench());
    await inspector.button('continue with B').first().click();
    await inspector.text('written by').waitFor({ state: 'attached' });
    await inspector.button('continue with A').first().waitFor();
    await workbench().screenshot('continue-compared');
  });

  test('are one again when a person stops comparing', async () => {
    await workbench().run('Vitrine: Stop Comparing');
    await expect.poll(() => workbench().engines()).toHaveLength(1);
    await expect.poll(() => workbench().paint()).toHaveLength(0);
  });
});
