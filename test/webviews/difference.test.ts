import { describe, expect, it } from 'vitest';
import { formatNats, formatNatsChange, formatSigned } from '../../src/display/numbers';
import { sentence } from '../../src/shared/errors';
import { maskOf } from '../../src/shared/head-address';
import { isSupported } from '../workbench/harness/install';
import { saveTable } from './harness/save';
import { useInspector } from './harness/use-inspector';

const TEXT = 'The mouse ate the cheese.\nThe cat ate the mouse.';
const ABLATED = [0, 2, 10, 18].map((layer) => ({ layer, head: 1 }));
const CHAT = [
  { role: 'system', content: 'You answer briefly.' },
  { role: 'user', content: 'What is the capital of France?' },
  { role: 'assistant', content: 'Paris is the capital of France.' },
];
/** What the model's template writes of the last message after its header, which is what training counts. */
const ANSWER = 'Paris is the capital of France.<|im_end|>\n';
const HEADS = { kind: 'heads', label: 'heads off', ablated: ABLATED } as const;

describe.skipIf(!isSupported)('the view of two models', () => {
  const use = useInspector();

  it('says what one can compare, and asks with what', async () => {
    const { page, hostApi, violations } = await use.open({ view: 'difference', text: TEXT });
    await page.getByRole('button', { name: 'Compare With…' }).click();
    expect(hostApi.did.comparedWith).toBe(1);
    expect(await violations()).toEqual([]);
  });

  it('has what both say of each token, and its sums', async () => {
    const inspector = await use.open({ view: 'difference', text: TEXT, comparison: HEADS });
    const { page, hostApi, violations } = inspector;
    const { engine } = use.stage;
    await page.locator('vt-place-difference table').waitFor();
    const { rows, provenance } = await saveTable(inspector, 'Differences');
    const { sha256 } = await use.stage.model();
    expect(provenance).toMatchObject({ comparedWith: { label: HEADS.label, kind: HEADS.kind, sha256 } });
    const ids = [...(hostApi.state.subject?.read?.ids ?? [])];
    const headMask = maskOf(ABLATED);
    const [a, b] = await Promise.all([
      engine.score({ task: use.stage.newTask(), ids }),
      engine.score({ task: use.stage.newTask(), ids, headMask }),
    ]);
    const ratios = ids.slice(1).map((_, i) => (b[i + 1] ?? 0) - (a[i + 1] ?? 0));
    expect(rows.map(({ logRatio }) => logRatio)).toEqual(ratios.map((ratio) => expect.closeTo(ratio, 4)));
    const flips = rows.filter(({ firstIdA, firstIdB }) => firstIdA !== firstIdB).length;
    await page.locator('vt-whole-difference dd').getByText(`${flips} of ${rows.length} tokens`).waitFor();
    const sum = ratios.reduce((total, ratio) => total + ratio, 0);
    await page.locator('vt-whole-difference').getByText(formatNatsChange(sum)).first().waitFor();
    const least = page.getByRole('toolbar', { name: 'less probable to B' }).locator('.value').first();
    expect(await least.textContent()).toBe(formatSigned(Math.min(...ratios)));
    const { rows: lines } = await saveTable(inspector, 'Differences by line');
    expect(lines.reduce((total, { logRatio }) => total + Number(logRatio), 0)).toBeCloseTo(sum, 3);
    await page.getByRole('option').first().click();
    await page.getByText('where they differ most; nothing predicts the chosen token').waitFor();
    await page.locator('vt-place-difference table').waitFor();
    expect(await violations()).toEqual([]);
  });

  it('of a chat has roles, control tokens and what is scored in the text, and sums by role', async () => {
    const inspector = await use.open({ view: 'difference', chat: CHAT, comparison: HEADS });
    const { page, violations } = inspector;
    await page.locator('vt-place-difference table').waitFor();
    const { rows } = await saveTable(inspector, 'Differences');
    const { rows: roles } = await saveTable(inspector, 'Differences by role');
    const { text = '' } = inspector.hostApi.state.subject ?? {};
    for (const { role, content } of CHAT) {
      const start = text.indexOf(content);
      const own = rows.filter((row) => Number(row.start) >= start && Number(row.end) <= start + content.length);
      const sum = own.reduce((total, { logRatio }) => total + Number(logRatio), 0);
      expect(roles.find(({ name }) => name === role)).toMatchObject({
        tokens: own.length,
        logRatio: expect.closeTo(sum, 6),
      });
      await page.getByRole('group', { name: role, exact: true }).waitFor();
    }
    const written = ({ role, scored }: (typeof rows)[number], is: unknown) => role === is && scored;
    expect(
      rows
        .filter((row) => written(row, 'assistant'))
        .map(({ text }) => text)
        .join(''),
    ).toBe(CHAT[2]?.content);
    expect(
      rows
        .filter((row) => written(row, null))
        .map(({ text }) => text)
        .join(''),
    ).toBe('<|im_end|>\n');
    const drawn = async (selector: string) => (await page.locator(selector).allTextContents()).join('');
    expect(await drawn('vt-token-text .chip')).toBe('<|im_start|><|im_end|>'.repeat(CHAT.length));
    expect(await drawn('vt-token-text .scored')).toBe(ANSWER);
    await page.getByRole('option', { name: 'Paris' }).focus();
    for (const _ of 'Paris is the capital of France'.split(' ')) await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.getByRole('option', { name: /^<\|im_end\|> .*, control token, scored$/ }).waitFor();
    await page.getByRole('button', { name: 'scored', exact: true }).focus();
    await page.getByRole('tooltip', { name: /^What training on such chats counts/ }).waitFor();
    expect(await violations()).toEqual([]);
  });

  it('of a quantisation names the tokens that suffer, whatever they lost wherever they stand, and what it was made of', async () => {
    const approximation = { of: 'SmolLM2 135M', bits: 4, madeOf: 'Q4_1' } as const;
    const comparison = { ...HEADS, kind: 'weights', label: 'SmolLM2 135M, 4 bits', approximation } as const;
    const inspector = await use.open({ view: 'difference', text: TEXT, comparison });
    const { page, violations } = inspector;
    await page.getByText('The weights of B are rounded to 4 bits from a file that has them as Q4_1').waitFor();
    await page.getByRole('button', { name: 'near that file, not the original model' }).hover();
    await page.getByText('What the file’s own rounding took away stays away').waitFor();
    await page.locator('vt-place-difference table').waitFor();
    const { rows } = await saveTable(inspector, 'Differences');
    const sums = new Map<unknown, number>();
    for (const { id, logRatio } of rows) sums.set(id, (sums.get(id) ?? 0) + Number(logRatio));
    const losses = [...sums.values()].filter((sum) => sum < 0).sort((one, other) => one - other);
    const lists = page.locator('vt-moved-tokens').getByRole('toolbar');
    expect(await lists.first().getAttribute('aria-label')).toBe('less probable to B');
    expect(await lists.first().locator('.value').allTextContents()).toEqual(losses.map(formatSigned));
    const places = rows.filter(({ text }) => text === ' the').length;
    await lists.locator('.label').getByText(`·the × ${places}`, { exact: true }).waitFor();
    await page.locator('vt-moved-tokens').getByText('most at one place').click();
    const least = Math.min(...rows.map(({ logRatio }) => Number(logRatio)));
    await expect.poll(() => lists.first().locator('.value').first().textContent()).toBe(formatSigned(least));
    expect(await violations()).toEqual([]);
  });

  it('counts no tokens of answers where the vocabularies are different', async () => {
    const comparison = { kind: 'model', label: 'grouped', path: 'test/fixtures/llama/grouped.gguf' } as const;
    const { page, host, violations } = await use.open({ view: 'difference', text: TEXT, comparison });
    await page.getByRole('tab', { name: 'From loss to reward' }).click();
    await page.getByRole('region', { name: 'Both answers, part by part' }).waitFor();
    await page.getByText('As plain text').click();
    const [prompt, answer] = ['The mouse ate', ' the cheese'];
    for (const [name, text] of [
      ['Prompt', prompt],
      ['Chosen answer', answer],
      ['Rejected answer', ' the cat'],
    ] as const)
      await page.getByRole('textbox', { name, exact: true }).fill(text);
    const { chosen } = await host.scorePair({ task: 1, prompt, chosen: answer, rejected: '.', isChat: false });
    const nats = formatNats(-chosen.logprobA / answer.length, 3);
    await page.locator('vt-rewards').getByText(`${nats} a character`, { exact: true }).first().waitFor();
    expect(await page.locator('vt-rewards').getByText('a token').count()).toBe(0);
    expect(await violations()).toEqual([]);
  });

  it('of a model against itself says that nothing differs', async () => {
    const comparison = { kind: 'weights', label: 'SmolLM2 135M, float32' } as const;
    const inspector = await use.open({ view: 'difference', text: TEXT, comparison });
    await inspector.page.getByText('A and B are the same weights in the same form').waitFor();
    await inspector.page.getByText('Nowhere: both have the same first guess').waitFor();
    const { rows } = await saveTable(inspector, 'Differences');
    for (const { logRatio, kl } of rows) {
      expect(logRatio).toBeCloseTo(0, 6);
      expect(Math.abs(Number(kl))).toBeLessThan(1e-6);
    }
  });

  it('asks for the last gain, and not for all on the way', async () => {
    const { numHiddenLayers, hiddenSize } = await use.stage.model();
    const direction = new Float32Array(numHiddenLayers * hiddenSize).fill(0.02);
    const steering = { name: 'adapter', direction, coefficient: 1, range: 8 };
    const notes = [sentence`The adapter says that it was trained on ${'another/base'}.`];
    const comparison = { kind: 'adapter', label: 'SmolLM2 135M + adapter', steering, gain: 1, notes } as const;
    const { page, hostApi } = await use.open({ view: 'difference', text: TEXT, comparison });
    await page.locator('vt-place-difference table').waitFor();
    await page
      .getByText('the difference is what fine-tuning moved. The adapter says that it was trained on another/base.')
      .waitFor();
    const slider = page.getByRole('slider', { name: 'Gain of the adapter' });
    await slider.focus();
    for (let step = 0; step < 20; step++) await page.keyboard.press('ArrowRight');
    await expect.poll(() => hostApi.state.comparison?.adapterGain).toBe(2);
    expect(hostApi.did.gains.length).toBeLessThan(20);
    await page.getByText('B is the same base with 2 × the adapter.').waitFor();
    await slider.press('Home');
    await page.getByText('Nowhere: both have the same first guess').waitFor();
  });

  it('has llama.cpp’s block', async () => {
    const { page, violations } = await use.open({
      view: 'difference',
      text: TEXT,
      comparison: HEADS,
      theme: 'light',
      width: 320,
    });
    await page.getByRole('tab', { name: 'Statistics' }).click();
    await page.getByRole('button', { name: 'Measure' }).click();
    await page.getByText('So few say little of a model').waitFor();
    await page.getByText('Mean KLD').waitFor();
    expect(await violations()).toEqual([]);
  });
});
