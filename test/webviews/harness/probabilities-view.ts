import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { InspectJson } from '../../support/command-line';

export const TEXT =
  'She found 327 letters under the floor of the old kitchen. He counted them twice, but there were only 326 envelopes.';

export const CHEESE = 'El ratón se comió el queso.';

/** Numbers that stand behind what is rounded, in order. */
export const titles = (page: Page, selector: string) =>
  page
    .locator(selector)
    .evaluateAll((elements) => elements.map((element) => Number.parseFloat(element.getAttribute('title') ?? '')));

export function expectClose(numbers: readonly number[], expected: readonly (number | null)[]): void {
  expect(numbers.length).toBe(expected.length);
  for (const [i, number] of numbers.entries()) expect(number).toBeCloseTo(expected[i] ?? Number.NaN, 4);
}

/** Rank (from 1), surprisal, loss, entropy and probability of a token. */
export function numbersAt({ tokens }: InspectJson, position: number): number[] {
  const { logprob, rank } = tokens[position] ?? {};
  const nats = logprob ?? Number.NaN;
  return [Math.exp(nats), (rank ?? 0) + 1, -nats / Math.LN2, -nats, tokens[position - 1]?.entropy ?? Number.NaN];
}
