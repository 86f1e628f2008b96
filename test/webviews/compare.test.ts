import { describe, expect, it } from 'vitest';
import { formatDecimal, formatNats } from '../../src/display/numbers';
import { inspectJson } from '../support/command-line';
import { isSupported } from '../workbench/harness/install';
import { countCalls } from './harness/hold';
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
    await page.getByText('Aquí hay texto en español, y este modelo se hizo para textos en inglés').waitFor();
  });

  it.each(['en', 'es'])(
    'begins with texts of which the model prefers the one that makes sense: %s',
    async (language) => {
      const { page } = await use.open({ view: 'compare', language });
      await page.locator('.verdict').waitFor();
      const [sense, nonsense] = await page
        .locator('textarea')
        .evaluateAll((all) => all.map((area) => (area as unknown as { value: string }).value));
      const [one, other] = await Promise.all([inspectJson(sense ?? ''), inspectJson(nonsense ?? '')]);
      expect(one.sumLogprob).toBeGreaterThan((other.sumLogprob ?? 0) + Math.log(100));
      expect(await page.locator('.verdict').textContent()).toMatch(/^\s*A (is|es) /);
      if (language === 'es') expect([sense, nonsense]).toEqual(['El gato come pescado.', 'El pescado come gato.']);
    },
  );

  it('reads a text once, and anew where the model is another', async () => {
    const { page, host, hostApi } = await use.open({ view: 'compare', asked: { texts: [MOUSE, CHEESE] } });
    await page.locator('.verdict').waitFor();
    const reads = countCalls(host, 'forward');
    const field = page.locator('textarea').first();
    await field.fill(CHEESE);
    await page.getByText('equally probable').first().waitFor();
    await field.fill(MOUSE);
    await page.getByText('times more probable than B').waitFor();
    expect(reads.count).toBe(0);
    const { model } = hostApi.state;
    hostApi.change({ model: model && { ...model, name: 'Another', sha256: '0'.repeat(64) } });
    await expect.poll(() => reads.count).toBe(2);
  });

  it('compares whole words where the texts part, not their first pieces', async () => {
    const { page } = await use.open({ view: 'compare', asked: { texts: [RATON, QUESO] } });
    const wordOf = async (text: string, word: string) => {
      const { tokens } = await inspectJson(text);
      const first = tokens.findIndex(({ text: piece }) => ` ${word}`.startsWith(piece) && piece !== ' ');
      const end = tokens.findIndex(
        (_, i) =>
          tokens
            .slice(first, i)
            .map((token) => token.text)
            .join('') === ` ${word}`,
      );
      const sum = tokens.slice(first, end).reduce((total, { logprob }) => total + (logprob ?? Number.NaN), 0);
      return `“${word}” (${formatNats(sum)})`;
    };
    const [raton, queso] = [await wordOf(RATON, 'ratón'), await wordOf(QUESO, 'queso')];
    await page.getByText(`They part at token 2: ${raton} · ${queso}`).waitFor();
  });

  it('follows what is typed', async () => {
    const { page } = await use.open({ view: 'compare', asked: { texts: [MOUSE, MOUSE] } });
    await page.getByText('The texts are the same.').waitFor();
    await page.getByRole('textbox', { name: 'Text B' }).fill('The mouse ate the cat.');
    await page.getByText('They part at token 5: “cheese” (').waitFor();
  });

  it('says that a longer text costs more, and what it costs a token', async () => {
    const long = `${MOUSE} It was good.`;
    const { page } = await use.open({ view: 'compare', asked: { texts: [MOUSE, long] } });
    const bits = await Promise.all(
      [MOUSE, long].map(async (text) => formatDecimal(Math.log2((await inspectJson(text)).perplexity ?? Number.NaN))),
    );
    await page.getByText(`less probable for that alone. Bits a token: A ${bits[0]} · B ${bits[1]}`).waitFor();
    await page.getByText('They part at token 7: The end of the text · “It”').waitFor();
  });

  it('knows no probability of one token alone, and compares the others', async () => {
    const { page } = await use.open({ view: 'compare', asked: { texts: ['The', MOUSE, CHEESE] } });
    await page.getByText('B is').waitFor();
    expect(await page.locator('vt-compared-text').first().locator('dd').first().textContent()).toBe('–');
    await page.getByText('One token alone: nothing stands before it, so nothing predicts it.').waitFor();
    await page.getByText('A cannot be compared').waitFor();
    expect(await page.locator('.verdict').count()).toBe(1);
    expect(await page.getByText('0 nats', { exact: true }).count()).toBe(0);
    expect(await page.locator('vt-cumulative-chart svg').getAttribute('aria-label')).toContain(
      'Text A: log-probability –',
    );
  });

  it('calls texts that are the same equally probable', async () => {
    const { page } = await use.open({ view: 'compare', asked: { texts: [MOUSE, MOUSE] } });
    await page.getByText('A and B are equally probable').waitFor();
  });

  it('is at the text that is to be written, where a command gives it one', async () => {
    const { page } = await use.open({ view: 'compare', asked: { texts: [MOUSE] } });
    await page.locator('vt-inspector').evaluate((inspector) => (inspector as unknown as { focus(): void }).focus());
    await page.keyboard.type(CHEESE);
    await expect.poll(() => page.getByRole('textbox', { name: 'Text B' }).inputValue()).toBe(CHEESE);
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
    await page.getByRole('alert').getByText('The text has 9,001 tokens').waitFor();
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
