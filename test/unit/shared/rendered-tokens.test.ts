import { expect, test } from 'vitest';
import type { RenderedPart } from '../../../src/shared/chat';
import { partsOfTokens, scoredTokens } from '../../../src/shared/rendered-tokens';

const part = (start: number, end: number, isScored: boolean): RenderedPart => ({
  start,
  end,
  isScored,
  kind: isScored ? 'content' : 'template',
  role: 'assistant',
  message: 0,
});

const tokens = { starts: Uint32Array.of(0, 4, 6, 8), ends: Uint32Array.of(4, 6, 8, 12) };

test.each([
  ['that crosses into an answer', [part(0, 5, false), part(5, 9, true), part(9, 12, false)], [0, 1, 1, 1]],
  ['that two answers share, once', [part(0, 5, true), part(5, 9, true), part(9, 12, false)], [1, 1, 1, 1]],
  ['of the template alone are left out', [part(0, 12, false)], [0, 0, 0, 0]],
] as const)('tokens %s', (_, parts, expected) => {
  expect([...scoredTokens(parts, tokens)]).toEqual(expected);
});

test.each([
  ['that crosses a border to the content', [part(0, 5, false), part(5, 9, true), part(9, 12, false)], [0, 1, 1, 1]],
  ['that two contents share to the first', [part(0, 5, true), part(5, 9, true), part(9, 12, false)], [0, 0, 1, 1]],
  ['of the template to where it begins', [part(0, 5, false), part(5, 12, false)], [0, 0, 1, 1]],
] as const)('a token %s', (_, parts, expected) => {
  const owners = partsOfTokens<RenderedPart>(parts, tokens);
  expect(owners.map((owner) => parts.indexOf(owner as RenderedPart))).toEqual(expected);
});
