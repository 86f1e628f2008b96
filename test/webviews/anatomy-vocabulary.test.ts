import { describe, expect, it } from 'vitest';
import { isSupported } from '../workbench/harness/install';
import { useInspector } from './harness/use-inspector';

const place = { view: 'anatomy', text: 'The mouse ate the cheese.', width: 1100, height: 900 } as const;

describe.skipIf(!isSupported)('the vocabulary of a model', () => {
  const use = useInspector();

  it('is shown by kinds, with its undertrained tokens, of which the model cannot repeat the least trained', async () => {
    const { page, hostApi } = await use.open(place);
    await page.getByRole('tab', { name: 'Vocabulary' }).click();
    await page.getByText('49,152 tokens').waitFor();
    await page.getByText('Cyrillic 77').waitFor();

    const list = page.getByRole('toolbar', { name: 'Least trained tokens' });
    const least = list.getByRole('button', { name: /^·transistorsum 45175/ });
    await least.focus();
    await page.keyboard.press('Enter');
    await least.getByText('cannot repeat it').waitFor();
    await page.getByText('Asked to repeat: 1. The model cannot repeat: 1.').waitFor();
    expect(await least.textContent()).toMatch(/0\.0\d+ %/);

    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByRole('menuitem', { name: 'Table Undertrained tokens, JSON' }).click();
    await expect.poll(() => hostApi.did.saved.length).toBe(1);
    const { rows } = JSON.parse(String(hostApi.did.saved[0]?.content));
    const asked = rows.filter(({ probability }: { probability: number | null }) => probability !== null);
    expect(asked).toMatchObject([{ id: 45_175, text: ' transistorsum' }]);
    expect(asked[0].probability).toBeLessThan(0.001);
  });
});
