import { expect, test } from 'vitest';
import { scoredTokens } from '../../../src/chat/scored-tokens';
import type { RenderedPart } from '../../../src/shared/chat';

const part = (start: number, end: number, isScored: boolean): RenderedPart => ({
  start,
  end,
  isScored,
  kind: isScored ? 'content' : 'template',
  role: 'assistant',
  message: 0,
});

test.each([
  ['that crosses into an answer', [part(0, 5, false), part(5, 9, true), part(9, 12, false)], [0, 1, 1, 1]],
  ['that two answers share, once', [part(0, 5, true), part(5, 9, true), part(9, 12, false)], [1, 1, 1, 1]],
  ['of the template alone are left out', [part(0, 12, false)], [0, 0, 0, 0]],
] as const)('tokens %s', (_, parts, expected) => {
  const tokens = { starts: Uint32Array.of(0, 4, 6, 8), ends: Uint32Array.of(4, 6, 8, 12) };
  expect([...scoredTokens(parts, tokens)]).toEqual(expected);
});
