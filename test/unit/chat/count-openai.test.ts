import { expect, test } from 'vitest';
import { openAiCounts } from '../../../src/chat/count-openai';
import { loadTiktoken } from '../../../src/tokenizer';

// The example of OpenAI's cookbook, with the counts that it has from OpenAI's own API.
const MESSAGES: [role: string, name: string | undefined, content: string][] = [
  [
    'system',
    undefined,
    'You are a helpful, pattern-following assistant that translates corporate jargon into plain English.',
  ],
  ['system', 'example_user', 'New synergies will help drive top-line growth.'],
  ['system', 'example_assistant', 'Things working well together will increase revenue.'],
  [
    'system',
    'example_user',
    "Let's circle back when we have more bandwidth to touch base on opportunities for increased leverage.",
  ],
  ['system', 'example_assistant', "Let's talk later when we're less busy about how to do better."],
  ['user', undefined, "This late pivot means we don't have time to boil the ocean for the client deliverable."],
];

test.each([
  ['cl100k_base', 129],
  ['o200k_base', 124],
] as const)('%s', async (name, expected) => {
  const tokenizer = await loadTiktoken(name);
  const messages = MESSAGES.map(([role, author, content]) => ({
    role,
    content,
    fields: { role, content, ...(author && { name: author }) },
  }));
  const { roles, template } = openAiCounts(messages, (text) => tokenizer.encode(text, { special: false }).ids.length);
  expect([...roles.values()].reduce((sum, count) => sum + count, template)).toBe(expected);
});
