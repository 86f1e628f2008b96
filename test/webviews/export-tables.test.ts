import { describe, expect, it } from 'vitest';
import { inspectJson } from '../support/command-line';
import { goldenJson } from '../support/golden';
import { isSupported } from '../workbench/harness/install';
import { hold } from './harness/hold';
import { save, saveTable } from './harness/save';
import { useInspector } from './harness/use-inspector';
import { WHOLE } from './harness/whole';

/** That of the reference values of ablations. */
const TEXT = 'The mouse ate the cheese.';
const INDUCTION = { layer: 18, head: 6 };
/** More rows than are in view. */
const LONG = 'The mouse ran from the cat, and the cat ran from the dog.\n'.repeat(6);

interface Ablations {
  logprob: number[];
  ablated: { layer: number; head: number; logprob: number[] }[];
}

describe.skipIf(!isSupported)('a table of everything', () => {
  const use = useInspector();

  it('has where all tokens look', async () => {
    const inspector = await use.open({ view: 'attention', text: TEXT, selected: INDUCTION });
    await inspector.page.locator(WHOLE.attention).first().waitFor();
    const { rows } = await saveTable(inspector, 'Head 18.6, all tokens');
    const { tokens, attention } = await inspectJson(TEXT, '--attention', '18.6');
    expect(rows.map(({ query, text }) => [query, text])).toEqual(tokens.map(({ text }, query) => [query, text]));
    for (const [query, weights] of (attention?.[0]?.pattern ?? expect.fail()).entries()) {
      const row = weights.slice(0, query + 1).map((weight) => expect.closeTo(weight, 6));
      expect(Array.from(row.keys(), (key) => rows[query]?.[key])).toEqual(row);
    }
  });

  it('has what a head that is off changes, token by token', async () => {
    const { logprob, ablated } = goldenJson<Ablations>('ablation');
    const off = ablated.find(({ layer, head }) => layer === INDUCTION.layer && head === INDUCTION.head);
    const inspector = await use.open({ view: 'attention', text: TEXT, selected: { token: 4, ...INDUCTION } });
    await inspector.page.getByText('switch head 18.6 off').click();
    await inspector.page.getByText('Without 18.6 the text has').waitFor();
    const { rows, provenance } = await saveTable(inspector, 'What the heads that are off change');
    expect(provenance).toMatchObject({ ablated: [INDUCTION] });
    expect(rows.slice(1)).toMatchObject(
      logprob.slice(1).map((on, i) => {
        const without = off?.logprob[i + 1] ?? Number.NaN;
        return {
          position: i + 1,
          logprob: expect.closeTo(without, 3),
          logprobAllOn: expect.closeTo(on, 3),
          surprisalChange: expect.closeTo((on - without) / Math.LN2, 3),
        };
      }),
    );
  });

  it('has what every head changes for a token', { timeout: 120_000 }, async () => {
    const { logprob, ablated } = goldenJson<Ablations>('ablation');
    const inspector = await use.open({ view: 'attention', text: TEXT, selected: { token: 4, ...INDUCTION } });
    await inspector.page.getByRole('button', { name: 'Try every head' }).click();
    await inspector.page.locator('vt-mattering-heads progress').waitFor({ state: 'detached', timeout: 100_000 });
    const { rows } = await saveTable(inspector, 'Every head off, token 4');
    expect(rows).toMatchObject(
      ablated.map((off) => ({
        position: 4,
        text: ' cheese',
        layer: off.layer,
        head: off.head,
        logprob: expect.closeTo(logprob[4] ?? Number.NaN, 3),
        logprobWithout: expect.closeTo(off.logprob[4] ?? Number.NaN, 3),
      })),
    );
  });

  it('has all layers of all tokens, those too that nobody scrolled to', async () => {
    const inspector = await use.open({ view: 'layers', text: LONG, height: 500 });
    await inspector.page.locator('vt-lens-grid .cell:not(.waiting)').first().waitFor();
    const { rows } = await saveTable(inspector, 'Layers');
    const { tokens, lens } = await inspectJson(LONG, '--lens', '--top', '1');
    const expected = tokens.flatMap((token, position) =>
      (lens ?? expect.fail()).map(({ layer, tokens: said }) => ({
        position,
        text: token.text,
        layer,
        topId: said[position]?.top[0]?.id,
        nextId: tokens[position + 1]?.id ?? null,
        nextText: tokens[position + 1]?.text ?? null,
      })),
    );
    expect(rows.length).toBe(expected.length);
    expect(rows).toMatchObject(expected);
    const output = rows.filter(({ layer, nextId }) => layer === (lens?.length ?? 0) - 1 && nextId !== null);
    expect(output.flatMap(({ nextRank }) => nextRank ?? [])).toEqual(tokens.slice(1).map(({ rank }) => rank));
  });

  it('says how far it is, and is not saved once it was cancelled', async () => {
    const inspector = await use.open({ view: 'layers', text: LONG, height: 500 });
    const { page, host, hostApi } = inspector;
    await page.locator('vt-lens-grid .cell:not(.waiting)').first().waitFor();
    const held = hold(host, 'logitLens');
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByRole('menuitem', { name: 'Table Layers, CSV' }).click();
    await page.getByRole('progressbar', { name: 'Making the table' }).waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await held.release();
    await page.getByRole('progressbar').waitFor({ state: 'detached' });
    expect(hostApi.did.saved).toEqual([]);
    expect((await save(inspector, 'Table Layers, CSV')).name).toBe('text.md-layers-layers.csv');
    expect(hostApi.did.saved.length).toBe(1);
  });
});
