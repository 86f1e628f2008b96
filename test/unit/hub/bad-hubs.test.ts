import type { ServerResponse } from 'node:http';
import { expect, it } from 'vitest';
import { pauseFor } from '../../../src/hub/ask';
import { hubOf } from '../../../src/hub/hub';
import { messageOf } from '../../../src/shared/errors';
import {
  entriesOf,
  type FakeModel,
  noise,
  openFakeHub,
  refuse,
  send,
  startFakeHub,
  writeRangeHead,
} from '../../support/fake-hub';
import { filesIn, getFromHub, hubOn } from '../../support/get-from-hub';
import { temporaryFolder } from '../../support/temporary-folder';

const NAME = 'maker/tiny';
const files = { 'tiny.gguf': noise(200_000) };
const model: FakeModel = { name: NAME, files, large: /gguf/ };

/** Answers to what has this in its path. */
const at =
  (part: string, answer: (response: ServerResponse, times: number) => void): NonNullable<FakeModel['instead']> =>
  (request, response, times) => {
    if (!request.url?.includes(part)) return false;
    answer(response, times);
    return true;
  };
const status = (part: string, code: number, headers: Record<string, string> = {}) =>
  at(part, (response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    refuse(response, code);
  });
const body = (part: string, text: string) => at(part, (response) => response.writeHead(200).end(text));
const nineBytes: NonNullable<FakeModel['send']> = (content, start, response) => {
  writeRangeHead(content, start, response);
  if (start === 0) response.write(content.subarray(0, 9));
};
const entry = { type: 'file', size: 10, oid: 'a'.repeat(40) };
const listed = (...paths: string[]) => ({ list: paths.map((path) => ({ ...entry, path })) });

it.each<[string, Partial<FakeModel>, string, RegExp]>([
  [
    '401 of a model that is not there',
    { instead: status('/api/', 401, { 'x-error-code': 'RepoNotFound' }) },
    'hub.noModel',
    /has no model maker\/tiny/,
  ],
  ['404', { instead: status('/api/', 404) }, 'hub.noModel', /Check the name/],
  [
    'a gated model',
    { info: { gated: 'manual' }, instead: status('/resolve/', 401) },
    'hub.gated',
    /accepted their terms.*maker\/tiny, make a token/,
  ],
  [
    'a gated file',
    { instead: status('/resolve/', 403, { 'x-error-code': 'GatedRepo' }) },
    'hub.gated',
    /Accept them on http/,
  ],
  ['a file that is listed and missing', { instead: status('/resolve/', 404) }, 'hub.noFile', /tiny\.gguf/],
  ['403', { instead: status('/api/', 403) }, 'hub.failed', /the error 403/],
  ['a failure that stays', { instead: status('/tree/', 503) }, 'hub.failed', /the error 503/],
  [
    'too many requests, for an hour',
    { instead: status('/resolve/', 429, { 'retry-after': '3600' }) },
    'hub.busy',
    /asked too much/,
  ],
  ['silence', { instead: at('/api/', () => {}) }, 'hub.silent', /has sent nothing/],
  ['silence in the middle of a file', { send: nineBytes }, 'hub.silent', /same again goes on/],
  ['no JSON', { instead: body('/revision/', '<html>') }, 'hub.answer', /no answer of such a hub/],
  ['no model', { instead: body('/revision/', 'null') }, 'hub.answer', /no answer of such a hub/],
  ['a state that leads elsewhere', { info: { sha: '../../../..' } }, 'hub.answer', /no answer of such a hub/],
  ['no list', { instead: body('/tree/', '{"error":1}') }, 'hub.answer', /no answer of such a hub/],
  [
    'a list without sizes',
    { list: [{ type: 'file', path: 'a.gguf', oid: 'a'.repeat(40) }] },
    'hub.answer',
    /no answer of such a hub/,
  ],
  [
    'a checksum that leads elsewhere',
    { list: [{ ...entry, path: 'a.gguf', lfs: { oid: '../../x', size: 1 } }] },
    'hub.answer',
    /no answer of such a hub/,
  ],
  ['an empty list', { list: [] }, 'hub.nothing', /no whole GGUF file and no safetensors/],
  ['a part of a model alone', listed('t-00001-of-00002.gguf'), 'hub.nothing', /no whole GGUF/],
  ['weights that can run code', listed('pytorch_model.bin', 'config.json'), 'hub.nothing', /can run any code/],
  ['a file above the folder', listed('../tiny.gguf'), 'hub.path', /lead out of the model's folder/],
  ['a file at the root of the disk', listed('/etc/tiny.gguf'), 'hub.path', /lead out/],
  ['a file on a disk of Windows', listed('C:\\tiny.gguf'), 'hub.path', /lead out/],
  ['a file above it in the middle', listed('a/../../tiny.gguf'), 'hub.path', /lead out/],
  ['a name that a terminal would obey', listed('\x1b[31mtiny.gguf'), 'hub.path', /lead out/],
  [
    'a name that no other has',
    listed('other.gguf', 'third.gguf'),
    'hub.choice',
    /has no tiny.*other\.gguf, third\.gguf/,
  ],
  ['a name that two have', listed('tiny.Q4.gguf', 'tiny.Q8.gguf'), 'hub.choice', /Several files/],
  [
    'another length by its headers',
    { send: (content, _, response) => send(content.subarray(1), 0, response) },
    'hub.length',
    /another length/,
  ],
  [
    'too much',
    { send: (content, _, response) => void response.writeHead(200).end(Buffer.concat([content, content])) },
    'hub.length',
    /another length/,
  ],
  [
    'too little, without an error',
    { send: (content, _, response) => void response.writeHead(200).end(content.subarray(5)) },
    'hub.length',
    /another length/,
  ],
  [
    'another part than the one asked for',
    {
      send: (content, _, response) =>
        void response.writeHead(206, { 'content-range': `bytes 7-199999/200000` }).end(content.subarray(7)),
    },
    'hub.length',
    /another length/,
  ],
  [
    'other bytes',
    { send: (content, _, response) => send(Buffer.alloc(content.length), 0, response) },
    'hub.checksum',
    /checksum is another/,
  ],
  [
    'other bytes in a small file',
    { large: /none/, send: (content, _, response) => send(Buffer.alloc(content.length), 0, response) },
    'hub.checksum',
    /checksum is another/,
  ],
  [
    'a circle',
    {
      instead: at('/resolve/', (response) => response.writeHead(302, { location: '/maker/tiny/resolve/again' }).end()),
    },
    'hub.unreachable',
    /redirect/,
  ],
])('%s: one sentence, and nothing that looks whole', async (_, misbehaviour, code, text) => {
  const fake = await startFakeHub({ ...model, ...misbehaviour });
  const cache = temporaryFolder();
  const hub = await hubOn(fake, cache);
  const patience = code === 'hub.silent' ? { ...hub.patience, silence: 300 } : hub.patience;
  const error = await getFromHub({ ...hub, patience }, NAME, 'tiny').catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code });
  expect(messageOf(error)).toMatch(text);
  expect(messageOf(error)).not.toContain('\n');
  expect(filesIn(cache).filter((file) => !file.endsWith('.incomplete'))).toEqual([]);
});

it('waits as long as a busy hub says, and says so', async () => {
  const answers = [
    ['429', { 'retry-after': '0' }],
    ['503', { 'retry-after': new Date(Date.now() - 1000).toUTCString() }],
    ['500', {}],
  ] as const;
  const fake = await startFakeHub({
    ...model,
    instead: (_, response, times) => {
      const [code, headers = {}] = answers[times - 1] ?? [];
      if (code) response.writeHead(Number(code), headers).end();
      return code !== undefined;
    },
  });
  const pauses: number[] = [];
  const onPause = (seconds: number) => pauses.push(seconds);
  await getFromHub(await hubOn(fake, temporaryFolder()), NAME, 'tiny', { onPause });
  expect(fake.asked.length).toBe(4 * 3);
  expect(pauses).toEqual([0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0]);
});

it('counts the seconds of a pause down', async () => {
  const pauses: number[] = [];
  await pauseFor(1010, { signal: new AbortController().signal, onPause: (seconds) => pauses.push(seconds) });
  expect(pauses).toEqual([2, 1, 0]);
});

it('reads a list of many pages, and keeps of a hundred thousand files only what a model is read from', async () => {
  const many = Array.from({ length: 100_000 }, (_, i) => ({ ...entry, path: `data/${i}.json` }));
  const fake = await startFakeHub({ ...model, list: [...many, ...entriesOf(model)], page: 10_000 });
  const { repository } = await getFromHub(await hubOn(fake, temporaryFolder()), NAME, 'tiny');
  expect(repository.files.map(({ path }) => path)).toEqual(['tiny.gguf']);
});

it('says in words what fetch does not ask', async () => {
  const hub = await hubOf({ fetch, env: { HF_ENDPOINT: 'http://127.0.0.1:1' }, home: temporaryFolder() });
  await expect(getFromHub(hub, NAME, 'tiny')).rejects.toMatchObject({
    message: expect.stringContaining(
      '127.0.0.1:1 cannot be reached: its port is reserved for something else than the web.',
    ),
  });
});

it('says that there is nobody', async () => {
  const fake = await openFakeHub(model);
  fake.close();
  await expect(getFromHub(await hubOn(fake, temporaryFolder()), NAME, 'tiny')).rejects.toMatchObject({
    code: 'hub.unreachable',
    message: expect.stringMatching(/^127\.0\.0\.1:\d+ cannot be reached: it refuses the connection\. Check/),
  });
});
