import { expect, it, test } from 'vitest';
import { loadTiktoken } from '../../../src/tokenizer';
import { compositionOf, kindOfText, scriptOf } from '../../../src/tokenizer/composition';

it.each([
  [' mouse', 'word'],
  [' été', 'word'],
  ['ing', 'fragment'],
  ['The', 'fragment'],
  [' мышь', 'script'],
  ['の', 'script'],
  ['327', 'digits'],
  [' ²', 'digits'],
  ['getElement', 'code'],
  [' return;', 'code'],
  ['    ', 'code'],
  ['…', 'code'],
  ['\uFFFD', 'bytes'],
])('%j is of the kind %s', (text, kind) => {
  expect(kindOfText(text)).toBe(kind);
});

it.each([
  [' мышь', 'Cyrl'],
  ['鼠', 'Hani'],
  ['ネズミ', 'Kana'],
  ['쥐', 'Hang'],
  ['ποντίκι', 'Grek'],
])('%s is of the script %s', (text, script) => {
  expect(scriptOf(text)).toBe(script);
});

test('every token of GPT-2 is of one kind, and of those that are not Latin most are Japanese', async () => {
  const { tokens, kinds, scripts } = compositionOf(await loadTiktoken('gpt2'), 50_257);
  expect(tokens).toBe(50_257);
  expect(kinds.reduce((sum, { count }) => sum + count, 0)).toBe(tokens);
  expect(kinds.find(({ kind }) => kind === 'control')).toMatchObject({ count: 1, examples: ['<|endoftext|>'] });
  expect(scripts.slice(0, 3).map(({ script }) => script)).toEqual(['Kana', 'Hani', 'Hira']);
});
