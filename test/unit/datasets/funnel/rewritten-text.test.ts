import { expect, it } from 'vitest';
import { withText } from '../../../../src/datasets/funnel/rewritten-text';

it.each([
  [
    '{"n": 12345678901234567890, "text": "a\\u0062", "m": {"text": 1}}',
    '{"n": 12345678901234567890, "text": "new\\n", "m": {"text": 1}}',
  ],
  ['{"text":"a","text":"b"}', '{"text":"a","text":"new\\n"}'],
  ['"a"', '"new\\n"'],
])('puts a text into %s and leaves all else as it stands', (json, expected) => {
  expect(withText(json, 'text', 'new\n')).toBe(expected);
});
