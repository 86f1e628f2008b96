import type { FrameLocator, Page } from 'playwright-core';
import type { ViewName } from '../../../src/shared/inspector-api';
import { groupOf, viewsOf } from '../../../webviews/views/view-groups';

/** Chooses a view as a person does: by its group and there by its name, or in the menu of a narrow page. */
export async function showView(page: Page | FrameLocator, view: ViewName): Promise<void> {
  const bar = page.locator('vt-view-bar');
  const tab = (value: string) => bar.locator(`[role="tab"][data-value="${value}"]`);
  const group = groupOf(view);
  await tab(group).first().waitFor({ state: 'attached' });
  if (!(await tab(group).first().isVisible())) {
    await bar.locator('select').selectOption(view);
    return;
  }
  await tab(group).click();
  // A group of one view has no names under it.
  if (viewsOf(group).length > 1) await tab(view).click();
}
