import { rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadRequest, nextTask, startTestEngine } from '../support/engine';
import { llamaFixture, readReference } from '../support/llama-fixtures';
import { temporaryFolder } from '../support/temporary-folder';

const { ids } = readReference('grouped');
const a = startTestEngine();
const b = startTestEngine();
let trace = 0;
let other = 0;
afterAll(() => Promise.all([a.stop(), b.stop()]));
beforeAll(async () => {
  for (const engine of [a, b]) await engine.load(loadRequest({ path: llamaFixture('grouped') }));
  trace = (await a.forwardTokens({ task: nextTask(), ids })).trace;
  other = (await b.forwardTokens({ task: nextTask(), ids })).trace;
});

const compare = (share: { address: string; key: string }, of = other) =>
  a.difference({ task: nextTask(), trace, other: { trace: of, share } });

test('a share is the same at every call, and refuses whoever has another key or asks for what is gone', async () => {
  const share = await b.shareDistributions({});
  expect(await b.shareDistributions({})).toEqual(share);
  await expect(compare({ ...share, key: 'x'.repeat(64) })).rejects.toMatchObject({ code: 'share.refused' });
  await expect(compare(share, 1)).rejects.toMatchObject({ code: 'share.trace' });
  await expect(compare(share)).resolves.toBeDefined();
});

test.skipIf(process.platform === 'win32')(
  'what answers nonsense, and what is not there, is told in a sentence',
  async () => {
    const address = join(temporaryFolder(), 'socket');
    const server = createServer((socket) => socket.on('error', () => {}).end('HTTP/1.1 200 OK\r\n\r\n'));
    await new Promise<void>((resolve) => server.listen(address, resolve));
    await expect(compare({ address, key: '' })).rejects.toMatchObject({ code: 'share.answer' });
    server.close();
    rmSync(address, { force: true });
    await expect(compare({ address, key: '' })).rejects.toMatchObject({ code: 'share.gone' });
  },
);

test('other tokens are not compared', async () => {
  const share = await b.shareDistributions({});
  const changed = await b.forwardTokens({ task: nextTask(), ids: ids.toReversed() });
  await expect(compare(share, changed.trace)).rejects.toMatchObject({ code: 'request.range' });
});

test('an engine that is killed in the middle costs the other one an answer, and nothing else', async () => {
  const share = await b.shareDistributions({});
  // Work of its own keeps it from answering.
  const busy = b.forwardTokens({ task: nextTask(), ids: [...ids, ...ids, ...ids] }).catch(() => {});
  const asked = compare(share);
  await Promise.all([expect(asked).rejects.toMatchObject({ code: 'share.gone' }), b.stop(), busy]);
  await expect(a.difference({ task: nextTask(), trace, other: { trace } })).resolves.toBeDefined();
});
