import { describe, expect, it } from 'vitest';
import { formatBits, formatNats } from '../../src/display/numbers';
import { inspectJson } from '../support/command-line';
import { isSupported } from '../workbench/harness/install';
import { CHEESE, expectClose, TEXT, titles } from './harness/probabilities-view';
import { useInspector } from './harness/use-inspector';

describe.skipIf(!isSupported)('words that are typed into the Probabilities view', () => {
  const use = useInspector();

  it('gives a typed word the loss of its tokens, each after the ones before', async () => {
    const { tokens } = await inspectJson(TEXT);
    const position = tokens.findIndex(({ text }) => text === ' kitchen');
    const { page, host } = await use.open({ view: 'probabilities', text: TEXT, selected: { token: position } });
    await page.getByRole('textbox', { name: 'Loss of another word here' }).fill('antechamberlain');
    const read = await host.tokenize({ vocabulary: 'model', text: ' antechamberlain' });
    const ids = Array.from(read.ids);
    expect(ids.length).toBeGreaterThan(1);
    const losses: number[] = [];
    for (const [i, id] of ids.entries()) {
      const before = [...tokens.slice(0, position).map((token) => token.id), ...ids.slice(0, i)];
      const { trace } = await host.forwardTokens({ task: 900 + i, ids: before });
      losses.push(-((await host.distribution({ trace, position: before.length - 1 }))[id] ?? Number.NaN));
    }
    const items = page.locator('vt-typed-word li');
    await expect.poll(() => items.count()).toBe(ids.length);
    expectClose(await titles(page, 'vt-typed-word li .number'), losses);
    const sum = losses.reduce((total, loss) => total + loss, 0);
    await page.getByText(`${ids.length} tokens, together ${formatNats(sum)}`).waitFor();
  });

  it('compares a typed word with the whole word that stands there, not with a piece of it', async () => {
    const { tokens } = await inspectJson(CHEESE);
    const first = tokens.findIndex(({ text }) => text === ' qu');
    const pieces = tokens.slice(first, first + 3);
    expect(pieces.map(({ text }) => text).join('')).toBe(' queso');
    const logprob = pieces.reduce((sum, piece) => sum + (piece.logprob ?? Number.NaN), 0);
    // Its second piece is selected: the word is the same.
    const { page, host } = await use.open({ view: 'probabilities', text: CHEESE, selected: { token: first + 1 } });
    // In one unit with what is typed below; the other is on hover.
    const sum = page.locator('vt-word-pieces').getByText(formatNats(-logprob));
    await sum.waitFor();
    expect(await sum.getAttribute('title')).toContain(formatBits(-logprob / Math.LN2));
    expectClose(
      await titles(page, 'vt-word-pieces button'),
      pieces.map((piece) => -(piece.logprob ?? Number.NaN)),
    );
    await page.locator('vt-typed-word').getByText(formatNats(-logprob)).waitFor();
    expect(await page.locator('vt-word-pieces .one-line').textContent()).toBe('queso');
    const field = page.getByRole('textbox', { name: 'Loss of another word here' });
    await field.fill('pan');
    const [pan = 0, ...rest] = (await host.tokenize({ vocabulary: 'model', text: ' pan' })).ids;
    expect(rest).toEqual([]);
    const { trace } = await host.forwardTokens({ task: 990, ids: tokens.slice(0, first).map(({ id }) => id) });
    const more = ((await host.distribution({ trace, position: first - 1 }))[pan] ?? Number.NaN) - logprob;
    const ratio = Number(Math.exp(Math.abs(more)).toPrecision(2));
    const said = `${ratio.toLocaleString('en')} times ${more > 0 ? 'more' : 'less'} probable than “queso”`;
    await page.getByText(said).waitFor();
    await field.fill('queso');
    await page.getByText('That is what stands here.').waitFor();
    await page.locator('vt-word-pieces button').first().click();
    await expect.poll(() => page.getByRole('option', { selected: true }).textContent()).toBe(' qu');
  });

  it('gives a typed token the loss that the list of expected ones has', async () => {
    const json = await inspectJson(TEXT, '--top', '20');
    const position = json.tokens.findIndex(({ text }) => text === ' kitchen');
    const second = json.tokens[position - 1]?.top[2];
    const { page } = await use.open({ view: 'probabilities', text: TEXT, selected: { token: position } });
    await page.getByRole('textbox', { name: 'Loss of another word here' }).fill(second?.text.trim() ?? '');
    await expect.poll(() => page.locator('vt-typed-word li').count()).toBe(1);
    expectClose(await titles(page, 'vt-typed-word li .number'), [-(second?.logprob ?? 0)]);
  });
});
