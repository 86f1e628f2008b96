import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openCheckpoint } from '../../src/model/checkpoint/open';
import { isSupported } from '../workbench/harness/install';
import { useInspector } from './harness/use-inspector';

const MODEL = resolve('test/fixtures/architectures/llama-q4-1/model.gguf');
const TEXT = 'The mouse that ate the cheese ran from the cat.';
const place = { view: 'anatomy', text: TEXT, width: 1100, height: 900 } as const;

describe.skipIf(!isSupported)('the precision of weights', () => {
  const use = useInspector(MODEL);

  it('says what each form takes, and what it changes in the text once it is asked', async () => {
    const { page, hostApi, violations } = await use.open(place);
    await page.getByRole('tab', { name: 'Precision' }).click();
    const row = (name: string) => page.getByRole('row', { name });
    await row('as in the file Q4_1').getByText('nothing: the same values').waitFor();
    await row('float32 · in use').getByText('these are the numbers in use').waitFor();
    // By keys as well.
    await page.getByRole('button', { name: 'bf16: Compare on my text' }).press('Enter');
    await row('bf16')
      .getByRole('button', { name: /^bf16: KL .* first guesses changes?$/ })
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
    // The others follow one after the other.
    await page.getByRole('button', { name: 'Compare all' }).click();
    await page
      .getByRole('status')
      .getByText(/^Of \d+ first guesses in this text .* fp16/)
      .waitFor();
    await page
      .getByRole('status')
      .getByText(/ in 8 bits/)
      .waitFor();
    await page.getByRole('button', { name: 'Look at it in Compare' }).click();
    expect(hostApi.state.view).toBe('difference');
  });

  it('draws the bits of a weight of the file, of its neighbours, and of a number that is typed', async () => {
    const { page, host } = await use.open(place);
    await page.getByRole('tab', { name: 'Precision' }).click();
    const tensor = 'blk.0.ffn_down.weight';
    await page.getByRole('combobox', { name: 'A weight of' }).selectOption(tensor);
    await page.getByText(`${tensor} [0, `).waitFor();
    const { values } = await host.weightBlock({ tensor, row: 0, column: 40 });
    expect([...values]).toEqual([...weightsOf(tensor).slice(32, 64)]);
    await expect(host.weightBlock({ tensor, row: 1e6, column: 0 })).rejects.toThrow(/no row 1,000,000/);

    const of4Bits = page.getByRole('toolbar', { name: 'Weights of the block in 4 bits' });
    await of4Bits.getByRole('button').first().press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.getByText(`${tensor} [0, 1] in the file as Q4_1`).waitFor();

    const own = page.getByRole('textbox', { name: 'or a number of your own' });
    await own.fill('-0.1');
    // As IEEE 754 has it.
    await page.getByRole('img', { name: 'bf16: sign 1, exponent 01111011, mantissa 1001101' }).waitFor();
    await page.getByRole('img', { name: 'fp16: sign 1, exponent 01011, mantissa 1001100110' }).waitFor();
    await own.fill('1e6');
    await page.getByText('too large for it').waitFor();
    await page.getByText('The scale of the block, which is an fp16, would be infinite.').first().waitFor();
    await own.fill('10000');
    // Next to it no other weight of the block is left.
    expect(await of4Bits.getByRole('button', { name: /code 0, becomes 0$/ }).count()).toBe(31);
    await own.fill('many');
    await page.getByText('“many” is not read as a number.').waitFor();
  });

  it('fits a narrow panel, in Spanish', async () => {
    const { page } = await use.open({ ...place, width: 320, language: 'es', theme: 'light' });
    await page.getByRole('tab', { name: 'Precisión' }).click();
    await page.getByRole('button', { name: 'bf16: Comparar en mi texto' }).waitFor();
    await page.getByText('Un número, bit a bit').waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
  });
});

function weightsOf(tensor: string): Float32Array {
  const checkpoint = openCheckpoint(MODEL);
  const values = checkpoint.tensors.get(tensor)?.rows(0, 1) ?? new Float32Array();
  checkpoint.close();
  return values;
}
