import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isSupported } from '../workbench/harness/install';
import { useInspector } from './harness/use-inspector';

const TEXT = 'The mouse that ate the cheese ran from the cat.';
const place = { view: 'anatomy', text: TEXT, width: 1100, height: 900 } as const;

describe.skipIf(!isSupported)('the precision of weights', () => {
  const use = useInspector(resolve('test/fixtures/architectures/llama-q4-1/model.gguf'));

  it('says what each form takes, and what it changes in the text once it is asked', async () => {
    const { page, hostApi, violations } = await use.open(place);
    await page.getByRole('tab', { name: 'Precision' }).click();
    const row = (name: string) => page.getByRole('row', { name });
    await row('as in the file Q4_1').getByText('nothing: the same values').waitFor();
    await row('float32 · in use').getByText('these are the numbers in use').waitFor();
    // By keys as well.
    await page.getByRole('button', { name: 'bf16: Compare on my text' }).press('Enter');
    await row('bf16')
      .getByRole('button', { name: /^bf16: KL .* first guesses$/ })
      .waitFor();
    await page.getByRole('button', { name: '4 bits: Compare on my text' }).click();
    await page.getByRole('heading', { name: '4 bits on this text' }).waitFor();
    await page.getByRole('heading', { name: 'The tokens that suffer most, and those that gain' }).waitFor();
    expect(hostApi.state.comparison).toMatchObject({ kind: 'weights', form: 'q4_0' });
    expect(await violations()).toEqual([]);

    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByRole('menuitem', { name: 'Table Precision, JSON' }).click();
    await expect.poll(() => hostApi.did.saved.length).toBe(1);
    const { rows } = JSON.parse(String(hostApi.did.saved[0]?.content));
    const of = (precision: string) => rows.find((one: { precision: string }) => one.precision === precision);
    expect(of('bf16').bytes).toBe(of('float32').bytes / 2);
    // What was compared first is known still.
    expect(of('bf16').meanKl).toBeGreaterThan(0);
    expect(of('q4_0').meanKl).toBeGreaterThan(of('bf16').meanKl);
    expect(of('fp16').meanKl).toBeNull();
    await page.getByRole('button', { name: 'Look at it in Compare' }).click();
    expect(hostApi.state.view).toBe('difference');
  });
});
