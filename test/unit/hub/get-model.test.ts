import { lstatSync, mkdirSync, readFileSync, readlinkSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { scanCachedRepo } from '@huggingface/hub';
import { describe, expect, it } from 'vitest';
import { cachedChoices, cachedTokenizer } from '../../../src/hub/cached';
import { tokenizerChoice } from '../../../src/hub/choices';
import { modelFolder, placeOf, publish } from '../../../src/hub/model-folder';
import { missingBytes } from '../../../src/hub/plan';
import { type FakeModel, noise, REVISION, send, sha256, startFakeHub, writeRangeHead } from '../../support/fake-hub';
import { filesIn, getFromHub, hubOn } from '../../support/get-from-hub';
import { mountFileSystem, temporaryFolder } from '../../support/temporary-folder';

const NAME = 'maker/tiny';
const WEIGHTS = noise(3_000_000);
const folderFiles = {
  'config.json': Buffer.from('{"model_type":"llama"}'),
  'tokenizer.json': Buffer.from('{}'),
  'added_tokens.json': Buffer.alloc(0),
  'model.safetensors': WEIGHTS,
  'pytorch_model.bin': WEIGHTS,
  'README.md': Buffer.from('# Tiny'),
};
const gguf = (more: Partial<FakeModel> = {}): FakeModel => ({
  name: NAME,
  files: { 'tiny.Q8_0.gguf': WEIGHTS },
  large: /gguf|safetensors/,
  ...more,
});

describe('a model that is got', () => {
  it("lies in the cache as Hugging Face's own tools have it, with what a folder needs and nothing else", async () => {
    const fake = await startFakeHub({ ...gguf(), files: folderFiles });
    const cache = temporaryFolder();
    const { path } = await getFromHub(await hubOn(fake, cache), NAME, 'safetensors');
    expect(path).toBe(join(cache, 'models--maker--tiny', 'snapshots', REVISION));
    const { id, revisions } = await scanCachedRepo(join(cache, 'models--maker--tiny'));
    expect(id).toEqual({ type: 'model', name: NAME });
    expect(revisions.map(({ commitOid, refs }) => ({ commitOid, refs }))).toEqual([
      { commitOid: REVISION, refs: ['main'] },
    ]);
    const files = revisions[0]?.files.map((file) => [file.path.slice(path.length + 1), file.blob.size]);
    expect(Object.fromEntries(files ?? [])).toEqual({
      'added_tokens.json': 0,
      'config.json': 22,
      'model.safetensors': WEIGHTS.length,
      'tokenizer.json': 2,
    });
    expect(readFileSync(join(path, 'model.safetensors')).equals(WEIGHTS)).toBe(true);
    expect(readlinkSync(join(path, 'model.safetensors'))).toBe(`../../blobs/${sha256(WEIGHTS)}`);
  });

  it('may be its tokenizer alone, which is found there without asking', async () => {
    const fake = await startFakeHub({
      ...gguf(),
      files: { ...folderFiles, 'tokenizer_config.json': Buffer.from('{}') },
    });
    const cache = temporaryFolder();
    const name = { repository: NAME, file: undefined };
    expect(await cachedTokenizer(name, cache)).toBeUndefined();
    const { path } = await getFromHub(await hubOn(fake, cache), NAME, tokenizerChoice);
    expect(filesIn(path)).toEqual(['tokenizer.json', 'tokenizer_config.json']);
    expect(await cachedTokenizer(name, cache)).toBe(path);
    expect(await cachedChoices(name, cache)).toEqual([]);
  });

  it('is not fetched again, nor where another tool has brought it', async () => {
    const fake = await startFakeHub(gguf());
    const cache = temporaryFolder();
    const blob = join(cache, 'models--maker--tiny/blobs', sha256(WEIGHTS));
    mkdirSync(dirname(blob), { recursive: true });
    writeFileSync(blob, WEIGHTS);
    const { hub, repository, choice, path } = await getFromHub(await hubOn(fake, cache), NAME, 'q8_0');
    expect(readFileSync(path).equals(WEIGHTS)).toBe(true);
    expect(fake.askedElsewhere).toEqual([]);
    expect(await missingBytes(hub, repository, choice)).toBe(0);
  });

  it('tells how far it is, from what was there on', async () => {
    const fake = await startFakeHub({ ...gguf(), files: folderFiles });
    const told: number[] = [];
    const { choice } = await getFromHub(await hubOn(fake, temporaryFolder()), NAME, 'safetensors', {
      onWritten: (done) => told.push(done),
    });
    expect(told).toEqual(told.toSorted((one, other) => one - other));
    expect(told.at(-1)).toBe(choice.bytes);
  });

  it('may be got by several processes at once', async () => {
    const fake = await startFakeHub(gguf());
    const hub = await hubOn(fake, temporaryFolder());
    const got = await Promise.all([1, 2, 3].map(() => getFromHub(hub, NAME, 'q8_0')));
    for (const { path } of got) expect(readFileSync(path).equals(WEIGHTS)).toBe(true);
  });

  it('has all parts of a model that comes in several, in folders of their own too', async () => {
    const parts = { 'Q8_0/t-00001-of-00002.gguf': noise(100), 'Q8_0/t-00002-of-00002.gguf': noise(200) };
    const fake = await startFakeHub({ ...gguf(), files: parts });
    const { path } = await getFromHub(await hubOn(fake, temporaryFolder()), NAME, 'Q8_0');
    expect(path.endsWith('t-00001-of-00002.gguf')).toBe(true);
    expect(statSync(path.replace('00001-of', '00002-of')).size).toBe(200);
  });

  it('replaces a link that leads nowhere', async () => {
    const fake = await startFakeHub(gguf());
    const cache = temporaryFolder();
    const hub = await hubOn(fake, cache);
    const place = join(cache, 'models--maker--tiny/snapshots', REVISION, 'tiny.Q8_0.gguf');
    mkdirSync(dirname(place), { recursive: true });
    symlinkSync('nowhere', place);
    const { path } = await getFromHub(hub, NAME, 'q8_0');
    expect(path).toBe(place);
    expect(readFileSync(path).equals(WEIGHTS)).toBe(true);
  });

  it('is one file with two names where there are no links, as on Windows', async () => {
    const fake = await startFakeHub(gguf());
    const { hub, repository, choice, path } = await getFromHub(await hubOn(fake, temporaryFolder()), NAME, 'q8_0');
    const folder = modelFolder(hub, { ...repository, revision: 'f'.repeat(40) });
    await publish(folder, choice.files, 'f'.repeat(40), () =>
      Promise.reject(Object.assign(new Error(), { code: 'EPERM' })),
    );
    const [file] = choice.files;
    const place = file ? placeOf(folder, file) : '';
    expect(lstatSync(place).isFile()).toBe(true);
    expect(lstatSync(place).ino).toBe(statSync(path).ino);
  });
});

describe('the token', () => {
  it('goes to the hub and not to where it sends a request on', async () => {
    const fake = await startFakeHub(gguf());
    await getFromHub(await hubOn(fake, temporaryFolder(), { HF_TOKEN: 'hf_secret' }), NAME, 'q8_0');
    expect(new Set(fake.asked.map(({ authorization }) => authorization))).toEqual(new Set(['Bearer hf_secret']));
    expect(fake.askedElsewhere.map(({ authorization }) => authorization)).toEqual([undefined]);
  });

  it("does not go to another server's page of the list", async () => {
    const other = await startFakeHub(gguf());
    const next = { link: `<${other.endpoint}/api/models/maker/tiny/tree/${REVISION}>; rel="next"` };
    const fake = await startFakeHub({
      ...gguf(),
      instead: (request, response) => {
        if (!request.url?.includes('/tree/')) return false;
        response.writeHead(200, { ...next, 'content-type': 'application/json' }).end('[]');
        return true;
      },
    });
    const hub = await hubOn(fake, temporaryFolder(), { HF_TOKEN: 'hf_secret' });
    await getFromHub(hub, NAME, 'q8_0').catch(() => {});
    expect(other.asked[0]).toMatchObject({ authorization: undefined });
  });

  it('is read where the others keep it', async () => {
    const cache = temporaryFolder();
    writeFileSync(join(cache, 'token'), 'hf_kept\n');
    const fake = await startFakeHub(gguf());
    expect(await hubOn(fake, cache, { HF_HOME: cache })).toMatchObject({ token: 'hf_kept' });
  });
});

describe('a connection that breaks', () => {
  /** Sends so many bytes at once, and breaks off. */
  const breaking =
    (bytes: number): NonNullable<FakeModel['send']> =>
    (content, start, response) => {
      writeRangeHead(content, start, response);
      response.write(content.subarray(start, start + bytes), () => response.destroy());
    };

  it('is taken up where it broke, as often as something comes', async () => {
    const fake = await startFakeHub(gguf({ send: breaking(2 ** 20) }));
    const { path } = await getFromHub(await hubOn(fake, temporaryFolder()), NAME, 'q8_0');
    expect(readFileSync(path).equals(WEIGHTS)).toBe(true);
    const starts = fake.askedElsewhere.map(({ range }) => Number(/\d+/.exec(range ?? '')));
    expect(starts.length).toBeGreaterThanOrEqual(3);
    expect(starts).toEqual(starts.toSorted((one, other) => one - other));
  });

  it('is given up when nothing comes, and goes on another time with the rest alone', async () => {
    const half = 1_500_000;
    const model = gguf({
      send: (content, start, response) => {
        writeRangeHead(content, start, response);
        if (start === half) response.destroy();
        else response.write(content.subarray(start, half), () => response.destroy());
      },
    });
    const fake = await startFakeHub(model);
    const cache = temporaryFolder();
    const hub = await hubOn(fake, cache);
    const pauses: number[] = [];
    const onPause = (seconds: number) => pauses.push(seconds);
    await expect(getFromHub(hub, NAME, 'q8_0', { onPause })).rejects.toMatchObject({ code: 'hub.unreachable' });
    expect(pauses.slice(-4)).toEqual([1, 0, 1, 0]);
    expect(filesIn(cache)).toEqual([`models--maker--tiny/blobs/${sha256(WEIGHTS)}.incomplete`]);
    model.send = send;
    fake.askedElsewhere.length = 0;
    const { path } = await getFromHub(hub, NAME, 'q8_0');
    expect(fake.askedElsewhere.map(({ range }) => range)).toEqual([`bytes=${half}-`]);
    expect(readFileSync(path).equals(WEIGHTS)).toBe(true);
  });

  it('begins anew where the hub sends only whole files', async () => {
    const fake = await startFakeHub(
      gguf({
        send: (content, _, response, times) => {
          response.writeHead(200, { 'content-length': content.length });
          if (times === 1) response.write(content.subarray(0, 5000), () => response.destroy());
          else response.end(content);
        },
      }),
    );
    const { path } = await getFromHub(await hubOn(fake, temporaryFolder()), NAME, 'q8_0');
    expect(readFileSync(path).equals(WEIGHTS)).toBe(true);
  });

  it('ends at once when a person cancels, and what has come stays', async () => {
    const fake = await startFakeHub(
      gguf({
        send: (content, start, response) => {
          writeRangeHead(content, start, response);
          response.write(content.subarray(0, 100_000));
        },
      }),
    );
    const cache = temporaryFolder();
    const cancel = new AbortController();
    const got = getFromHub(await hubOn(fake, cache), NAME, 'q8_0', {
      signal: cancel.signal,
      onWritten: (done) => done === 100_000 && cancel.abort(),
    });
    await expect(got).rejects.toMatchObject({ code: 'task.cancelled' });
    const part = join(cache, `models--maker--tiny/blobs/${sha256(WEIGHTS)}.incomplete`);
    expect(readFileSync(part).equals(WEIGHTS.subarray(0, 100_000))).toBe(true);
  });
});

describe('a disk', () => {
  it('that fills up is told of, and what has come stays', async () => {
    const cache = mountFileSystem('size=2m');
    if (cache === undefined) return;
    const fake = await startFakeHub(gguf());
    await expect(getFromHub(await hubOn(fake, cache), NAME, 'q8_0')).rejects.toMatchObject({ code: 'hub.disk' });
    expect(filesIn(cache)).toEqual([`models--maker--tiny/blobs/${sha256(WEIGHTS)}.incomplete`]);
  });

  it('that takes no files is told of', async () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    const fake = await startFakeHub(gguf());
    await expect(getFromHub(await hubOn(fake, file), NAME, 'q8_0')).rejects.toMatchObject({ code: 'hub.cache' });
  });
});
