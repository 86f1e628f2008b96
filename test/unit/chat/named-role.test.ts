import { expect, it } from 'vitest';
import { isRoleNamed } from '../../../src/chat/named-role';

it.each([
  ['{"messages":[{"role":"user","content":"', 'user', true],
  ['{"conversations":[{"from":"gpt","value":"', 'assistant', true],
  ['{"prompt":"', 'user', true],
  ['","chosen":"', 'assistant', true],
  ['## Usuario\n\n', 'user', true],
  ['[{"content":"', 'user', false],
  ['"},{"content":"', 'assistant', false],
  ['---\nmodel: gpt\n---\n', 'user', false],
])('%j names the role %s: %s', (before, role, isNamed) => {
  expect(isRoleNamed(before, role)).toBe(isNamed);
});
