import { expect, it } from 'vitest';
import { placed } from '../../../src/remote/place-tokens';
import type { GgufVocabulary } from '../../../src/shared/tokens';
import { createTokenizer } from '../../../src/tokenizer';
import { nastyText, seededRandom } from '../../support/nasty-text';
import { defaultVocabulary, smallSentencePiece } from '../../support/vocabularies';

/** What servers call tokens: as they stand in the vocabulary. */
const namesIn = ({ tokens }: GgufVocabulary, ids: Uint32Array) => Array.from(ids, (id) => tokens[id] as string);

it.each([
  ['of bytes', '', async () => defaultVocabulary()],
  // In the names of its tokens a space is written so.
  ['of SentencePiece', '▁', smallSentencePiece],
])('tokens %s stand where the tokenizer has them, by their names alone', async (_, space, load) => {
  const vocabulary = await load();
  const tokenizer = createTokenizer(vocabulary);
  const random = seededRandom(16);
  let placedTexts = 0;
  for (let n = 0; n < 60; n++) {
    const text = nastyText(random);
    const own = tokenizer.encode(text);
    const found = placed(text, own.ids, namesIn(vocabulary, own.ids));
    // Of a text that its vocabulary cannot hold as it is, nobody knows what the tokens stand for.
    expect(found).toEqual(own.dropped.length > 0 || (space && text.includes(space)) ? undefined : own);
    if (found) placedTexts++;
  }
  expect(placedTexts).toBeGreaterThan(10);
});

it('tokens of another text stand nowhere', () => {
  const ids = Uint32Array.of(1, 2);
  expect(placed('The mouse', ids, ['The', 'Ġcat'])).toBeUndefined();
  expect(placed('The mouse', ids, ['The', 'Ġmou'])).toBeUndefined();
  expect(placed('The mouse', ids, ['The', 'Ġmouses'])).toBeUndefined();
});
