import { expect, it } from 'vitest';
import { modelVocabularyOf } from '../../src/model/checkpoint/model-vocabulary';
import { atOnce, createTokenizer } from '../../src/tokenizer';
import { ARCHITECTURE_CASES } from '../support/architecture-cases';

const cases = ARCHITECTURE_CASES.filter(({ weights }) => weights === 'float32');

it.each(cases)('ids equal those of the own tokenizer of $name, $format', ({ path, golden }) => {
  const tokenizer = createTokenizer(atOnce(modelVocabularyOf(path)).vocabulary);
  const encode = (text: string) => [...tokenizer.encode(text, { special: true }).ids];
  const expected = golden.texts.map(({ text, ids, ids_plain }) => ({ text, ids, plain: ids_plain ?? ids }));
  expect(
    expected.map(({ text }) => ({ text, ids: [...tokenizer.begin, ...encode(text)], plain: encode(text) })),
  ).toEqual(expected);
  if (golden.chat) expect(encode(golden.chat.text)).toEqual(golden.chat.ids);
});
