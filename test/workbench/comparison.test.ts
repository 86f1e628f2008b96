import { expect, test } from 'vitest';
import { isAlive, until } from '../support/processes';
import { describeInWorkbench } from './harness/describe';

const TEXT = 'The mouse ate the cheese, and the cat saw it from the roof.';

describeInWorkbench('two models', { files: { 'mouse.txt': TEXT } }, (workbench) => {
  test('are held against each other, and what they say otherwise of each token is coloured', async () => {
    await workbench().openFile('mouse.txt');
    await workbench().runAndChoose('Vitrine: Compare With…', 'In its chat template');
    await workbench().run('Vitrine: Colour by Difference');
    await workbench().status('↔ SmolLM2 135M in its chat template').waitFor();
    await expect.poll(async () => (await workbench().paint()).length).toBeGreaterThan(1);
    await workbench().screenshots('difference');
  });

  test('have both their guesses in the card of a token, and their names in the legend', async () => {
    const hover = await workbench().hover(1, TEXT.indexOf('cheese') + 2);
    await expect.poll(() => hover.textContent()).toMatch(/KL.*A: .*rank.*B: .*rank/s);
    await workbench().screenshots('difference-hover');
    expect(await workbench().tooltip()).toContain('KL(A ‖ B)');
    await workbench().screenshot('difference-legend');
  });

  test('go on after the engine of the other is killed', async () => {
    const before = workbench().engines();
    await workbench().runAndChoose('Vitrine: Compare With…', 'The same weights, as float32');
    await until(() =>
      workbench()
        .engines()
        .some((engine) => !before.includes(engine)),
    );
    await expect.poll(async () => (await workbench().paint()).length).toBe(0);
    const [own] = before;
    const [other = 0] = workbench()
      .engines()
      .filter((engine) => engine !== own);
    process.kill(other, 'SIGKILL');
    await until(() => !isAlive(other));
    await workbench().page.keyboard.press('End');
    await workbench().page.keyboard.type(' Then it slept.');
    await until(() =>
      workbench()
        .engines()
        .some((engine) => engine !== own && engine !== other),
    );
    expect(workbench().engines()).toContain(own);
    await workbench().run('Vitrine: Stop Comparing');
    await expect.poll(() => workbench().engines()).toEqual([own]);
  });
});
