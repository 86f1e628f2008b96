import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { isSupported } from '../workbench/harness/install';
import { byDefault, drawn, drawnIds, press, rows, setControls, steps, still, TEXT } from './harness/continue-view';
import { countCalls } from './harness/hold';
import { showView } from './harness/show-view';
import { useInspector } from './harness/use-inspector';

/** What has the focus: its text, name or role. */
function focused(page: Page): Promise<string | undefined> {
  return page.evaluate(`(() => {
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    return [at?.getAttribute('aria-label'), at?.type, at?.getAttribute('role'), at?.getRootNode().host?.textContent, at?.textContent].join(' ');
  })()`);
}

describe.skipIf(!isSupported)('branches in the Continue view', () => {
  const use = useInspector();
  const open = async (options: Parameters<typeof use.open>[0] = {}) => {
    const inspector = await use.open({ view: 'continue', text: TEXT, ...options });
    await inspector.page.locator('vt-sampling-bars li').first().waitFor();
    return inspector;
  };

  it('takes a branch by a click on a bar, keeps the others, and goes back to them', async () => {
    const { page, host } = await open();
    await steps(page, 3);
    const first = await drawnIds(page);
    await page.getByRole('treeitem', { name: 'the text' }).click();
    await expect.poll(() => page.getByRole('treeitem', { selected: true }).textContent()).toBe('the text');
    await page
      .getByRole('button', { name: '·They', exact: false })
      .or(page.locator('vt-sampling-bars button').nth(4))
      .first()
      .click();
    await expect.poll(async () => (await drawnIds(page)).length).toBe(4);
    const ids = await drawnIds(page);
    expect(ids.slice(0, 3)).toEqual(first);
    expect(await page.locator('vt-branch-tree .line').count()).toBe(2);
    const runs = countCalls(host, 'forwardTokens');
    await page.locator('vt-branch-tree [role=treeitem]').nth(3).click();
    await expect.poll(() => page.locator('vt-token-chips .drawn .id').allTextContents()).toEqual(first.map(String));
    expect(runs.count).toBe(0);
  });

  it('shows again what a drawn token was drawn from', async () => {
    const { page } = await open();
    const before = await rows(page);
    await page.locator('vt-sampling-bars button', { hasText: '·The' }).first().click();
    await expect.poll(async () => (await drawnIds(page)).length).toBe(1);
    await steps(page, 1);
    expect(await rows(page)).not.toEqual(before);
    await page.locator('vt-drawn-text [role=option]').nth(-3).click();
    await expect.poll(() => rows(page)).toEqual(before);
    await expect.poll(() => page.locator('vt-sampling-bars .label').filter({ hasText: '↳' }).count()).toBe(1);
  });

  it('puts what was written into the document', async () => {
    const { page, hostApi } = await open();
    await steps(page, 4);
    await press(page, 'Insert into the document');
    const continuation = await byDefault();
    await expect.poll(() => hostApi.did.inserted).toEqual([continuation?.text]);
  });

  it('is found again as it was left', async () => {
    const { page } = await open();
    await setControls(page, { temperature: 0.5, topK: 20 });
    await steps(page, 3);
    await page.getByRole('treeitem').nth(2).click();
    await expect.poll(() => drawn(page)).toBe(2);
    await still(page);
    const before = { ids: await drawnIds(page), rows: await rows(page) };
    await showView(page, 'tokens');
    await showView(page, 'continue');
    await expect.poll(() => drawnIds(page)).toEqual(before.ids);
    await expect.poll(() => rows(page)).toEqual(before.rows);
  });

  it('is worked by key alone', async () => {
    const { page } = await open();
    await page.getByRole('tab', { name: 'Continue' }).focus();
    const tabTo = async (name: string) => {
      for (let i = 0; i < 60; i++) {
        await page.keyboard.press('Tab');
        if (((await focused(page)) ?? '').includes(name)) return;
      }
      throw new Error(`${name} is not reached`);
    };
    await tabTo('Step');
    await page.keyboard.press('Enter');
    await expect.poll(() => drawn(page)).toBe(1);
    await still(page);
    await tabTo('temperature range');
    const before = await rows(page);
    await page.keyboard.press('ArrowLeft');
    expect(await rows(page)).not.toEqual(before);
    await tabTo('model');
    await page.keyboard.press('Enter');
    await expect.poll(() => drawn(page)).toBe(2);
    await still(page);
    await tabTo('treeitem');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => drawn(page)).toBe(0);
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => drawn(page)).toBe(1);
  });
});
