import { expect, test } from 'vitest';
import { describeInWorkbench } from './harness/describe';
import { LessonPage } from './harness/lesson';

describeInWorkbench('the lesson', { files: {} }, (workbench) => {
  test('walk', { timeout: 200_000 }, async () => {
    await workbench().run('Vitrine: Start the Lesson');
    const lesson = new LessonPage(workbench());
    for (let i = 0; i < 17; i++) {
      await lesson.text(`Step ${i + 1} of 17`).waitFor();
      const t0 = Date.now();
      const title = await lesson.title().textContent();
      await lesson
        .choices()
        .first()
        .waitFor({ timeout: 30000 })
        .catch(() => {});
      const t1 = Date.now();
      await lesson.task().click();
      const done = await lesson
        .part('To do✓')
        .waitFor({ timeout: 15000 })
        .then(
          () => true,
          () => false,
        );
      const t2 = Date.now();
      await workbench().page.waitForTimeout(1500);
      for (let c = 0; c < (await lesson.choices().count()); c++) {
        await lesson.choices().nth(c).click();
        await expect.poll(() => lesson.said().textContent()).toMatch(/\w/);
        await workbench().page.waitForTimeout(150);
        if ((await lesson.said().textContent())?.startsWith('Right.')) break;
      }
      await workbench().screenshot(`lesson-${String(i + 1).padStart(2, '0')}`);
      console.log(i + 1, title, 'question', t1 - t0, 'done', done, t2 - t1, await lesson.said().textContent());
      if (i < 16) await lesson.button('Next').click();
    }
    await lesson.button('Leave the Lesson').click();
    await workbench().page.waitForTimeout(1500);
    await workbench().screenshot('lesson-left');
    expect(1).toBe(1);
  });
});
