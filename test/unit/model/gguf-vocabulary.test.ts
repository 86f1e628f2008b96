import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readModelVocabulary } from '../../../src/model/checkpoint/model-vocabulary';
import { closeGguf, openGguf, readGguf, readVocabulary } from '../../support/gguf-file';
import { embeddedModel, readModelFixture, sourceOf } from '../../support/gguf-fixtures';
import { type WritableValue, writeGguf } from '../../support/write-gguf';

const KEYS = 'tokenizer.ggml';

test('the vocabulary of the embedded model', () => {
  const file = openGguf(embeddedModel);
  const vocabulary = readVocabulary(file);
  closeGguf(file);
  expect(vocabulary).toMatchObject({
    model: 'gpt2',
    pre: 'smollm',
    scores: undefined,
    addSpacePrefix: false,
    addBos: false,
    bosId: 1,
  });
  expect(vocabulary.tokens).toHaveLength(49_152);
  expect(vocabulary.merges).toHaveLength(48_900);
  const counts: Record<string, number> = {};
  for (const type of vocabulary.tokenTypes ?? []) {
    counts[type] = (counts[type] ?? 0) + 1;
  }
  expect(counts).toEqual(readModelFixture().tokenTypeCounts);
});

test('a SentencePiece vocabulary has scores', () => {
  const scores = Float32Array.of(0, -1);
  const vocabulary = vocabularyOf({ model: 'llama', tokens: ['<s>', '▁a'], scores, token_type: Int32Array.of(3, 1) });
  expect(vocabulary).toMatchObject({ model: 'llama', scores, merges: undefined, bosId: undefined });
});

describe('a vocabulary that cannot be is refused', () => {
  const healthy = { model: 'gpt2', tokens: ['a', 'b'] };

  test.each<[string, Record<string, WritableValue>, string]>([
    ['no model', { tokens: ['a'] }, 'gguf.keyMissing'],
    ['no tokens', { model: 'gpt2' }, 'gguf.keyMissing'],
    ['tokens of another type', { model: 'gpt2', tokens: Int32Array.of(1) }, 'gguf.keyType'],
    ['an empty list of tokens', { model: 'gpt2', tokens: [] }, 'gguf.vocabulary'],
    ['too few token types', { ...healthy, token_type: Int32Array.of(1) }, 'gguf.vocabulary'],
    ['an unknown token type', { ...healthy, token_type: Int32Array.of(1, 7) }, 'gguf.vocabulary'],
    ['a fraction of a token type', { ...healthy, token_type: Float32Array.of(1, 3.5) }, 'gguf.vocabulary'],
    ['a score of NaN', { ...healthy, scores: Float32Array.of(0, Number.NaN) }, 'gguf.vocabulary'],
    ['an infinite score', { ...healthy, scores: Float32Array.of(0, Number.NEGATIVE_INFINITY) }, 'gguf.vocabulary'],
    ['too many scores', { ...healthy, scores: Float32Array.of(1, 2, 3) }, 'gguf.vocabulary'],
    ['a merge of one part', { ...healthy, merges: ['a b', 'ab'] }, 'gguf.vocabulary'],
    ['a merge with an empty part', { ...healthy, merges: ['a '] }, 'gguf.vocabulary'],
    ['a first token that does not exist', { ...healthy, bos_token_id: 2 }, 'gguf.vocabulary'],
  ])('%s', (_, keys, code) => {
    expect(() => vocabularyOf(keys)).toThrow(expect.objectContaining({ code }));
  });
});

function vocabularyOf(keys: Record<string, WritableValue>) {
  const metadata = Object.fromEntries(Object.entries(keys).map(([key, value]) => [`${KEYS}.${key}`, value]));
  return readVocabulary(readGguf(sourceOf(writeGguf({ metadata }))));
}

describe('the vocabulary of a model file alone', () => {
  test('is that of the whole file, and is read in turns with others', async () => {
    const file = openGguf(embeddedModel);
    const whole = readVocabulary(file);
    closeGguf(file);
    let turns = 0;
    let next = setImmediate(function count() {
      turns++;
      next = setImmediate(count);
    });
    const { vocabulary } = await readModelVocabulary(embeddedModel);
    clearImmediate(next);
    expect(vocabulary).toEqual(whole);
    expect(turns).toBeGreaterThan(0);
  });

  test('of a file that is none is refused, and the file closed', async () => {
    const before = readdirSync('/proc/self/fd').length;
    await expect(readModelVocabulary('package.json')).rejects.toMatchObject({ code: 'gguf.notGguf' });
    await expect(readModelVocabulary('missing.gguf')).rejects.toMatchObject({ code: 'file.missing' });
    expect(readdirSync('/proc/self/fd')).toHaveLength(before);
  });
});
