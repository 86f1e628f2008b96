import { describe, expect, it } from 'vitest';
import { isSupported } from '../workbench/harness/install';
import { press } from './harness/continue-view';
import { useInspector } from './harness/use-inspector';

const TEXT = 'When I woke up this morning, I felt';

describe.skipIf(!isSupported)('steering in the Continue view', () => {
  const use = useInspector();

  it('pushes the text towards what the first texts have, says so in every view, and ends', async () => {
    const { page, hostApi, violations } = await use.open({ view: 'continue', text: TEXT, theme: 'light', width: 320 });
    const first = () => page.locator('vt-sampling-bars li').first().textContent();
    await page.locator('vt-sampling-bars li').first().waitFor();
    const before = await first();
    await page.getByText('Steering', { exact: true }).click();
    await press(page, 'Take an example');
    await press(page, 'Find direction');
    const slider = page.getByRole('slider', { name: /I am so happy/ });
    await slider.waitFor();
    await expect.poll(first, { timeout: 20_000 }).toContain('amazing');
    expect(hostApi.state.steering?.coefficient).toBeCloseTo(0.2, 5);

    expect(await violations()).toEqual([]);

    await slider.press('ArrowLeft');
    await expect.poll(() => hostApi.state.steering?.coefficient).toBeCloseTo(0.175, 5);
    await page.getByRole('button', { name: 'Save…' }).click();
    expect(hostApi.did.savedControlVectors).toBe(1);

    await page
      .getByRole('status')
      .getByText(/^Steered by/)
      .waitFor();
    await page.locator('vt-ablation-notice').getByRole('button', { name: 'Stop steering' }).click();
    await expect.poll(first, { timeout: 20_000 }).toBe(before);
  });
});
