import { describe, expect, it } from 'vitest';
import { findConversations } from '../../../src/chat/find-conversations';
import { preferenceTexts } from '../../../src/chat/preference-texts';

const user = (content: string) => ({ role: 'user', content });
const assistant = (content: string) => ({ role: 'assistant', content });
const fruit = { prompt: 'Name a fruit.', chosen: 'An apple.', rejected: 'A mouse.' };

/** Of a line of a data set. */
const textsOf = (line: object) => preferenceTexts(findConversations(JSON.stringify(line), 'jsonl').conversations);

describe('the texts of a pair of answers', () => {
  it.each([
    ['texts', fruit],
    [
      'messages',
      { prompt: [user(fruit.prompt)], chosen: [assistant(fruit.chosen)], rejected: [assistant(fruit.rejected)] },
    ],
    [
      'answers that each have the prompt',
      {
        chosen: [user(fruit.prompt), assistant(fruit.chosen)],
        rejected: [user(fruit.prompt), assistant(fruit.rejected)],
      },
    ],
  ])('are found in %s', (_, line) => {
    expect(textsOf(line)).toEqual(fruit);
  });

  it.each([
    ['a system message before them', { ...fruit, prompt: [{ role: 'system', content: 'Be kind.' }, user('Hi')] }],
    ['one answer', { messages: [user('Hi'), assistant('Hello')] }],
  ])('are not those of %s', (_, line) => {
    expect(textsOf(line)).toBeUndefined();
  });
});
