import type { Page } from 'playwright-core';
import { formatProbability } from '../../../src/display/numbers';
import type { Inspector } from './inspector';
import { WHOLE } from './whole';

export const TEXT =
  'She found 327 letters under the floor of the old kitchen. He counted them twice. She found 327 letters under the floor of the old kitchen, but only 326 envelopes.';

/** The second ` letters`. */
export const LETTERS = 26;

export const INDUCTION = { layer: 18, head: 6 };

export const place = { view: 'attention', text: TEXT, width: 1200, height: 900 } as const;

export const traceOf = ({ hostApi }: Inspector) => hostApi.state.subject?.read?.trace ?? Number.NaN;

export const note = (page: Page) => page.locator('vt-attention-view .note').textContent();

/** Rows of a list of bars: what each is of, and its number. */
export const rowsOf = (page: Page, list: string) =>
  page
    .locator(`${list} button.bar`)
    .evaluateAll((bars) =>
      bars.map((bar) => ['.label', '.value'].map((part) => bar.querySelector(part)?.textContent ?? '')),
    );

/** Waits for all that the view shows of a head and a token. */
export async function complete(page: Page): Promise<void> {
  const parts = [WHOLE.attention, 'vt-attention-matrix canvas', 'vt-strongest-keys button.bar', 'vt-head-finder dd'];
  for (const part of parts) await page.locator(part).first().waitFor();
}

/** What a list of the largest weights shows of them: six, and none of under 0.001 %. @param weights the largest first */
export const listed = (weights: Float32Array) =>
  Array.from(
    weights.subarray(0, 6).filter((weight) => weight >= 1e-5),
    formatProbability,
  );

/** The tokens that are looked at most, with their weights. */
export const looksAt = (page: Page) => rowsOf(page, 'vt-strongest-keys');
