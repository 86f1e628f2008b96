import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { describeInWorkbench } from './harness/describe';
import { InspectorPage } from './harness/inspector';
import { LessonPage } from './harness/lesson';
import type { Workbench } from './harness/workbench';

const STEPS = 17;

describeInWorkbench('the lesson', { files: { 'own.txt': 'The mouse ate the cheese.' } }, (workbench) => {
  test('is started by the walkthrough, beside what a person has open', async () => {
    const { page } = workbench();
    await workbench().openFile('own.txt');
    await workbench().run('Vitrine: Toggle Token Bands');
    await expect.poll(() => workbench().paint()).not.toHaveLength(0);
    await workbench().runAndChoose('Welcome: Open Walkthrough...', 'See inside a language model');
    await page.locator('.getting-started-step').getByText('Start the Lesson', { exact: true }).click();
    const lesson = new LessonPage(workbench());
    await lesson.text(`Step 1 of ${STEPS}`).waitFor();
    await lesson.choices().first().waitFor();
    expect(await lesson.accessibilityProblems()).toEqual([]);
    await workbench().screenshots('lesson');
    // The bands of before are not what a step shows.
    await expect.poll(() => workbench().paint()).toHaveLength(0);
  });

  test('is walked from start to end', async () => {
    const said = await walk(workbench(), {
      step: (i) => `Step ${i} of ${STEPS}`,
      done: /✓ done/,
      right: 'Right.',
      next: 'Next',
      tasks: [...Array(STEPS + 1).keys()],
      byHand: { 4: 'Vitrine: Toggle Token Bands', 8: 'Vitrine: Colour by Surprisal' },
    });
    await new LessonPage(workbench()).text(/You have been through all of it/).waitFor();
    expect(said.filter((sentence) => sentence.startsWith('Not this one. ')).length).toBeGreaterThan(5);
  });

  test('leaves the editor as it was', async () => {
    const { page } = workbench();
    await new LessonPage(workbench()).button('Leave the Lesson').click();
    await page.locator('.tab', { hasText: 'precision.txt' }).waitFor({ state: 'detached' });
    await page.locator('.tab', { hasText: 'Inspector' }).waitFor({ state: 'detached' });
    await page.locator('.tab', { hasText: 'own.txt' }).click();
    await expect.poll(() => workbench().paint()).not.toHaveLength(0);
    await workbench()
      .status(/^(?!.*↔).*SmolLM2/)
      .waitFor();
    const settings = readFileSync(join(workbench().server.extensions, '../User/settings.json'), 'utf8');
    expect(Object.keys(JSON.parse(settings)).filter((name) => name.startsWith('vitrine.'))).toEqual([]);
    expect(readFileSync(join(workbench().folder, 'own.txt'), 'utf8')).toBe('The mouse ate the cheese.');
  });

  test('goes on where it was left, and begins anew', async () => {
    await workbench().run('Vitrine: Start the Lesson');
    const lesson = new LessonPage(workbench());
    await lesson.text(`Step ${STEPS} of ${STEPS}`).waitFor();
    await lesson.part(/✓ answered/).waitFor();
    await lesson.button('Begin Anew').click();
    await lesson.text(`Step 1 of ${STEPS}`).waitFor();
    await lesson.part(/✓ answered/).waitFor({ state: 'detached' });
    await lesson.button('Leave the Lesson').click();
  });

  test('an example is opened as a copy, which begins as it came, however it was left', async () => {
    const { page } = workbench();
    const first = page.locator('.editor-group-container.active .view-line').first();
    const openExample = async () => {
      await workbench().runAndChoose('Vitrine: Open Example…', 'cheese-and-mouse.txt');
      await page.locator('.tab.active', { hasText: 'cheese-and-mouse.txt' }).waitFor();
      // Last it puts the cursor behind the text.
      await workbench().status('Ln 1, Col 26').waitFor();
    };
    await openExample();
    await page.locator('.breadcrumbs-control', { hasText: 'globalStorage' }).first().waitFor();
    await page.keyboard.press('Control+Home');
    await page.keyboard.type('changed ');
    await first.getByText('changed').waitFor();
    await page.keyboard.press('Control+S');
    await page.locator('.tab.active.dirty').waitFor({ state: 'detached' });
    await openExample();
    await first.getByText('changed').waitFor({ state: 'detached' });
  });

  test('the walkthrough leads on to the documentation, whose pages lead to each other', async () => {
    const { page } = workbench();
    await workbench().runAndChoose('Welcome: Open Walkthrough...', 'See inside a language model');
    const step = page.locator('.getting-started-step', { hasText: 'Look at a text of your own' });
    await step.click();
    await step.getByText('Read On', { exact: true }).click();
    await page.locator('.quick-input-widget', { hasText: 'Choose a page' }).waitFor();
    await workbench().answer('cli.md');
    await page.locator('.tab.active', { hasText: 'cli.md' }).waitFor();
    const preview = page.frameLocator('iframe.webview.ready:visible').last().frameLocator('#active-frame');
    await preview.getByRole('heading', { name: 'The command line' }).waitFor();
    await preview
      .getByRole('link', { name: /^The JSON of/ })
      .first()
      .click();
    await page.locator('.tab.active', { hasText: 'json.md' }).waitFor();
  });
});

describeInWorkbench('the lesson in Spanish', { files: {}, locale: 'es' }, (workbench) => {
  test('says first that the model knows little Spanish, and finds places and answers in its Spanish texts', async () => {
    await workbench().run('Vitrine: Empezar la lección');
    const lesson = new LessonPage(workbench());
    await lesson.text('sabe poco español').waitFor();
    await lesson.button('Obtener Gemma 3 270M').waitFor();
    await walk(workbench(), {
      step: (i) => `Paso ${i} de ${STEPS}`,
      done: /✓ hecho/,
      right: 'Correcto.',
      next: 'Siguiente',
      tasks: [2, 7, 10, 11],
    });
  });
});

interface Words {
  step(i: number): string;
  done: RegExp;
  right: string;
  next: string;
  tasks: readonly number[];
  byHand?: Record<number, string>;
}

/** Answers every step, and does its task. @returns what was said of the answers */
async function walk(workbench: Workbench, { step, done, right, next, tasks, byHand = {} }: Words): Promise<string[]> {
  const lesson = new LessonPage(workbench);
  const said: string[] = [];
  for (let i = 1; i <= STEPS; i++) {
    await lesson.text(step(i)).waitFor();
    await lesson.choices().first().waitFor();
    if (tasks.includes(i)) {
      const command = byHand[i];
      await (command ? workbench.run(command) : lesson.task().click());
      if (i === 6) await new InspectorPage(workbench).button('Step').first().click();
      await lesson.part(done).waitFor();
    }
    said.push(...(await lesson.answer(right)));
    expect(said.at(-1), `the answer of step ${i}`).toMatch(new RegExp(`^${right} .`));
    if (i < STEPS) await lesson.button(next).click();
  }
  return said;
}
