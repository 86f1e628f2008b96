import type { FrameLocator, Page } from 'playwright-core';
import type { ViewName } from '../../../src/shared/inspector-api';
import { groupOf, viewsOf } from '../../../webviews/views/view-groups';

/** Chooses a view as a person does: by its group and there by its name, or in the menu of a narrow page. */
export async function showView(page: Page | FrameLocator, view: ViewName): Promise<void> {
  const bar = page.locator('vt-view-bar');
  // A group may have the name of one of its views: the groups stand in the first row, the views of one in the second.
  const tab = (row: number, name: string) =>
    bar.locator('[role="tablist"]').nth(row).locator(`[role="tab"][data-value="${name}"]`);
  const group = tab(0, groupOf(view));
  await group.waitFor({ state: 'attached' });
  if (!(await group.isVisible())) {
    await bar.locator('select').selectOption(view);
    return;
  }
  await group.click();
  // A group of one view has no second row.
  if (viewsOf(groupOf(view)).length > 1) await tab(1, view).click();
}
