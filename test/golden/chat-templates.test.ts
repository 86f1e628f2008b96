import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { type JobResult, runJob } from '../../src/chat/render-job';
import type { JsonObject } from '../../src/model/huggingface/json';
import type { ChatMessage } from '../../src/shared/chat';

interface Expected {
  text?: string;
  generated?: [number, number][];
  error?: string;
}

interface Fixture {
  now: [number, number, number, number, number, number];
  tokens: Record<string, string>;
  conversations: Record<string, { messages: JsonObject[]; variables?: JsonObject; prompt?: boolean }>;
  templates: { name: string; source: string; template: string; expected: Record<string, Expected> }[];
}

const fixture: Fixture = JSON.parse(
  gunzipSync(readFileSync('test/fixtures/chat-templates/chat-templates.json.gz')).toString(),
);

const messageOf = (fields: JsonObject): ChatMessage => ({
  role: String(fields.role),
  content: contentOf(fields.content),
  fields,
});

function contentOf(content: unknown): string {
  if (Array.isArray(content)) return content.map(({ text }) => text).join('');
  return typeof content === 'string' ? content : '';
}

function render(template: string, name: string, isScored: boolean) {
  const { messages, variables = {}, prompt = false } = fixture.conversations[name] as Fixture['conversations'][string];
  return runJob({
    template,
    variables: { ...fixture.tokens, ...variables },
    messages: messages.map(messageOf),
    addGenerationPrompt: prompt,
    time: new Date(...fixture.now).getTime(),
    scored: isScored ? [...messages.keys()].filter((i) => messages[i]?.role === 'assistant') : [],
  });
}

/** They are all of the text, and what a message has is where it says. */
function expectPieces({ text, pieces }: JobResult, messages: JsonObject[]): void {
  expect(pieces.map(({ start, end }) => text.slice(start, end)).join('')).toBe(text);
  for (const [i, { start, end, message, from }] of pieces.entries()) {
    expect(start).toBe(pieces[i - 1]?.end ?? 0);
    if (from < 0) continue;
    expect(contentOf(messages[message as number]?.content).slice(from, from + end - start)).toBe(
      text.slice(start, end),
    );
  }
}

describe('chat templates as transformers renders them', () => {
  for (const { name, source, template, expected } of fixture.templates) {
    test(`${source}: ${name}`, () => {
      for (const [conversation, { text, generated, error }] of Object.entries(expected)) {
        const result = render(template, conversation, generated !== undefined);
        if ('text' in result) expectPieces(result, fixture.conversations[conversation]?.messages ?? []);
        if (conversation === 'parts') {
          // Templates that take texts write a list in Python's way or fail: Vitrine gives them the texts of all parts.
          if ('text' in result) expect([text, expected.joined?.text]).toContain(result.text);
          else expect(error ?? expected.joined?.error).toBeDefined();
        } else if (error?.includes('generator')) {
          // What `map` gives is a list to Vitrine, which can be written as JSON; Python stops there.
          expect(result).toHaveProperty('text');
        } else if (error !== undefined) {
          expect(result, conversation).not.toHaveProperty('text');
        } else {
          expect(result, `${conversation} ${JSON.stringify(result).slice(0, 200)}`).toHaveProperty('text', text);
        }
        if (generated && 'scored' in result && conversation !== 'parts') {
          expect(
            result.scored.map(({ start, end }) => [start, end]),
            conversation,
          ).toEqual(generated);
        }
      }
    });
  }
});
