import { describe, expect, it } from 'vitest';
import { inspectJson } from '../support/command-line';
import { isSupported } from '../workbench/harness/install';
import { useInspector } from './harness/use-inspector';

const [MOUSE, CHEESE] = ['The mouse ate the cheese.', 'The cheese ate the mouse.'];
const [RATON, QUESO] = ['El ratón comió el queso.', 'El queso comió el ratón.'];

describe.skipIf(!isSupported)('the Compare view', () => {
  const use = useInspector();

  it('says which text is more probable, and how many times', async () => {
    const { page } = await use.open({ view: 'compare', asked: { texts: [MOUSE, CHEESE] } });
    const [one, other] = await Promise.all([inspectJson(MOUSE), inspectJson(CHEESE)]);
    const ratio = Math.exp((one.sumLogprob ?? 0) - (other.sumLogprob ?? 0));
    const rounded = Number(ratio.toPrecision(2)).toLocaleString('en');
    await page.getByText(`A is ${rounded} times more probable than B`).waitFor();
    await page.getByText('They part at token 2').waitFor();
  });

  it('reads Spanish in a model made for English, and says so', async () => {
    const { page } = await use.open({ view: 'compare', asked: { texts: [RATON, QUESO] }, language: 'es' });
    const [one, other] = await Promise.all([inspectJson(RATON), inspectJson(QUESO)]);
    const winner = (one.sumLogprob ?? 0) > (other.sumLogprob ?? 0) ? 'A' : 'B';
    await page.getByText(new RegExp(`^\\s*${winner} es .* veces más probable que`)).waitFor();
    await page.getByText('Este modelo se hizo para textos en inglés.').waitFor();
  });

  it('follows what is typed', async () => {
    const { page } = await use.open({ view: 'compare', asked: { texts: [MOUSE, MOUSE] } });
    await page.getByText('The texts are the same.').waitFor();
    await page.getByRole('textbox', { name: 'Text B' }).fill('The mouse ate the cat.');
    await page.getByText('They part at token 5: “·cheese” · “·cat”').waitFor();
  });

  it('takes the selection and the clipboard of the editor', async () => {
    const { page } = await use.open({ view: 'compare', selections: [CHEESE, RATON], clipboard: QUESO });
    await page.getByRole('button', { name: 'Compare the selection with the clipboard' }).click();
    const text = (name: string) => page.getByRole('textbox', { name }).inputValue();
    await expect.poll(() => text('Text A')).toBe(CHEESE);
    expect(await text('Text B')).toBe(QUESO);
  });

  it('says what is wrong with a text that does not fit', async () => {
    const { page } = await use.open({ view: 'compare', asked: { texts: [MOUSE, 'mouse '.repeat(9000)] } });
    await page.getByRole('alert').getByText('The text has 9001 tokens').waitFor();
  });

  it.each([
    ['light', 320],
    ['dark', 900],
    ['high-contrast', 1600],
  ] as const)('has nothing that axe finds wrong in %s at %i px', async (theme, width) => {
    const asked = { texts: [MOUSE, CHEESE, 'The the mouse cheese.'] };
    const { page, violations, screenshot } = await use.open({ view: 'compare', asked, theme, width });
    await page.locator('vt-cumulative-chart').waitFor();
    expect(await violations()).toEqual([]);
    await screenshot(`compare-${theme}-${width}`);
  });
});
