import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { askServer } from '../../../src/remote/ask-server';
import { modelServer, type Patience } from '../../../src/remote/model-server';

const PATIENCE = { greeting: 20_000, answer: 20_000, silence: 20_000, retry: 5, longestWait: 500 };
const IMPATIENCE = { ...PATIENCE, answer: 300, silence: 300 };

type Answer = (response: ServerResponse, times: number, request: IncomingMessage) => void;

/** Asks a server on this machine that answers so. @returns also how often it was asked */
async function ask(
  answer: Answer,
  { key, mostBytes, patience = PATIENCE }: { key?: string; mostBytes?: number; patience?: Patience } = {},
) {
  let times = 0;
  const server = createServer((request, response) => answer(response, ++times, request));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/`;
  const asked = modelServer({ address, key, fetch, patience });
  const { signal } = new AbortController();
  const question = { path: '/x', body: { a: 1 }, signal, ...(mostBytes && { mostBytes }) };
  const said = await askServer(asked, question).catch((error: unknown) => error);
  return { said, times };
}

const say =
  (status: number, text: string, headers = {}) =>
  (response: ServerResponse) =>
    void response.writeHead(status, headers).end(text);

describe('a server', () => {
  it('is sent its key, and no other path than it has', async () => {
    const { said } = await ask(
      (response, _, { headers, url }) => say(200, JSON.stringify([headers.authorization, url]))(response),
      { key: ' secret ' },
    );
    expect(said).toEqual(['Bearer secret', '/x']);
  });

  it.each([400, 500])('that repeats its key when it refuses with %i shows it to nobody', async (status) => {
    const message = `Invalid token, sk-secret for ${'m'.repeat(170)} sk-secret`;
    const { said } = await ask(say(status, JSON.stringify({ error: { message } })), { key: 'sk-secret' });
    expect(said).toMatchObject({ message: expect.stringContaining('Invalid token, … for') });
    expect(String(said)).not.toContain('sk-');
  });

  it('that is busy is asked again when it says so, and not for ever', async () => {
    const passing = await ask((response, times) =>
      times < 3 ? say(times === 1 ? 429 : 503, '', { 'retry-after': '0' })(response) : say(200, '7')(response),
    );
    expect(passing).toEqual({ said: 7, times: 3 });
    const lasting = await ask(say(503, ''));
    expect(lasting).toMatchObject({ said: { code: 'server.busy' }, times: 4 });
    const longer = await ask(say(429, '', { 'retry-after': '3600' }));
    expect(longer).toMatchObject({ said: { code: 'server.busy' }, times: 1 });
  });

  it('that has ended a kept connection is asked once more', async () => {
    const once = await ask((response, times) => (times === 1 ? void response.destroy() : say(200, '7')(response)));
    expect(once).toEqual({ said: 7, times: 2 });
    const always = await ask((response) => void response.destroy());
    expect(always).toMatchObject({ said: { code: 'server.unreachable' }, times: 2 });
  });

  it.each<[string, string, Answer]>([
    ['says nothing', 'silent', () => {}],
    ['stops in the middle', 'silent', (response) => void response.writeHead(200).write('{"a":')],
    [
      'breaks off in the middle',
      'unreachable',
      (response) => {
        response.writeHead(200, { 'content-length': 100 }).write('{"a":');
        setTimeout(() => response.destroy(), 20);
      },
    ],
    ['sends on to another', 'redirect', say(307, '', { location: 'https://example.com/' })],
    ['wants a key', 'key', say(401, '')],
    ['has failed', 'failed', say(500, '{"error":{"message":"CUDA out of memory"}}')],
    ['refuses', 'refused', say(400, '{"message":"too long","code":400}')],
    ['sends a page', 'nonsense', say(200, '<html>Welcome to nginx!</html>')],
    ['sends numbers that JSON has not', 'nonsense', say(200, '{"logprob": -Infinity}')],
    ['sends without end', 'endless', (response) => void response.writeHead(200).end('9'.repeat(3000))],
  ])('that %s is told of in one sentence', async (_, code, answer) => {
    const { said } = await ask(answer, { mostBytes: 2000, patience: code === 'silent' ? IMPATIENCE : PATIENCE });
    expect(said).toMatchObject({ code: `server.${code}`, message: expect.stringMatching(/^[^\n]*[.”]$/) });
  });

  it.each([
    ['no address', 'localhost:8000', 'server.address'],
    ['another protocol', 'ftp://localhost', 'server.address'],
    ['a password', 'https://me:secret@host', 'server.address'],
    ['http over a network', 'http://gpu.example.com:8000', 'server.insecure'],
  ])('is not asked by %s', (_, address, code) => {
    expect(() => modelServer({ address, fetch })).toThrow(expect.objectContaining({ code }));
  });

  it.each(['https://gpu.example.com/v1/', 'https://gpu.example.com', ' https://gpu.example.com/v1 '])(
    'is the same by %j',
    (address) => expect(modelServer({ address, fetch }).address).toBe('https://gpu.example.com'),
  );
});
