import { expect, it } from 'vitest';
import { MOST_SENT_TO_SERVER, sentPart } from '../../../src/extension/readings/sent-part';

const server = { host: 'gpu:8000', kind: 'vLLM', windowTokens: 2000, isIncremental: false };
const ON_SERVER = { contextLength: 131_072, server };
const HERE = { contextLength: 8192, server: undefined };

it.each([
  ['a long text on this machine', HERE, 1_000_000, 2 * 16 * 8192],
  ['a long text on a server, whatever its context', ON_SERVER, 300_000, MOST_SENT_TO_SERVER],
  ['a text on a server whose context is short', { contextLength: 1000, server }, 300_000, 2 * 16_000],
])('of %s the end is sent', (_, limits, end, most) => {
  const { start } = sentPart({ start: 0, end }, limits);
  expect(end - start).toBeLessThanOrEqual(most);
  expect(end - start).toBeGreaterThan(most / 2);
});

it('of a text that fits all is sent, and a longer one goes on beginning where it did', () => {
  expect(sentPart({ start: 7, end: 79_000 }, ON_SERVER)).toEqual({ start: 7, end: 79_000 });
  expect(sentPart({ start: 0, end: 119_000 }, ON_SERVER).start).toBe(
    sentPart({ start: 0, end: 119_900 }, ON_SERVER).start,
  );
});
