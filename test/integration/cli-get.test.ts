import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startingPoints } from '../../models/starting-points';
import { finished, startInTerminal, startVitrine, TERMINAL, vitrine } from '../support/command-line';
import { type FakeModel, noise, sha256, startFakeHub, writeRangeHead } from '../support/fake-hub';
import { filesIn } from '../support/get-from-hub';
import { until } from '../support/processes';
import { HIDDEN, openProxy } from '../support/proxy';
import { temporaryFolder } from '../support/temporary-folder';
import { tinyLlama } from '../support/tiny-llama';

const NAME = 'maker/tiny';
const CONTENT = Buffer.from(tinyLlama());
const model: FakeModel = {
  name: NAME,
  files: { 'tiny.gguf': CONTENT },
  large: /gguf/,
  info: { cardData: { license: 'gemma' } },
};
/** Without the proxies and the token of whoever runs the tests. */
const environment = (endpoint: string, cache: string) => ({
  HF_ENDPOINT: endpoint,
  HF_HUB_CACHE: cache,
  HF_HOME: cache,
  HF_TOKEN: '',
  HTTP_PROXY: '',
  HTTPS_PROXY: '',
  http_proxy: '',
  https_proxy: '',
});

describe('vitrine get', () => {
  it('says size, host and terms, gets the model, and prints the path of what then opens', async () => {
    const fake = await startFakeHub(model);
    const env = environment(fake.endpoint, temporaryFolder());
    const { code, stdout, stderr } = await vitrine(['get', `${NAME}:tiny`, '--yes'], { env });
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(stderr).toMatch(/^Get tiny\.gguf of maker\/tiny from 127\.0\.0\.1:\d+: [\d.]+ kB\?\n/);
    expect(stderr).toContain('Whoever uses it accepts the Gemma Terms of Use: https://ai.google.dev/gemma/terms');
    expect(stderr).toContain(`vitrine inspect --model '${stdout.trim()}'`);
    const tokens = await vitrine(['tokens', 'a', '--model', stdout.trim(), '--json']);
    expect(tokens).toMatchObject({ code: 0 });

    for (const away of [{ HF_ENDPOINT: 'http://127.0.0.1:1' }, { HF_HUB_OFFLINE: '1' }]) {
      const again = await vitrine(['get', NAME], { env: { ...env, ...away } });
      expect(again).toMatchObject({ code: 0, stdout });
      expect(again.stderr).toContain('It is here already, as it was got last.');
    }
  });

  it('gets a tokenizer without the weights', async () => {
    const files = { ...model.files, 'tokenizer.json': Buffer.from('{}'), 'tokenizer_config.json': Buffer.from('{}') };
    const fake = await startFakeHub({ ...model, files });
    const cache = temporaryFolder();
    const run = await vitrine(['get', `${NAME}:tokenizer.json`, '--yes'], { env: environment(fake.endpoint, cache) });
    expect(run).toMatchObject({ code: 0, stderr: expect.stringContaining(`--vocabulary '${run.stdout.trim()}'`) });
    expect(readdirSync(run.stdout.trim()).sort()).toEqual(['tokenizer.json', 'tokenizer_config.json']);
  });

  it('fetches no content where nobody can be asked', async () => {
    const fake = await startFakeHub(model);
    const cache = temporaryFolder();
    const run = await vitrine(['get', NAME], { env: environment(fake.endpoint, cache) });
    expect(run).toMatchObject({ code: 1, stdout: '' });
    expect(run.stderr).toMatch(/Nothing was fetched: nobody can be asked here\. Say --yes to get it\.\n$/);
    expect(fake.asked.filter(({ path }) => path.includes('/resolve/'))).toEqual([]);
    expect(filesIn(cache)).toEqual([]);
  });

  it.skipIf(!existsSync(TERMINAL)).each([
    ['y\n', 0],
    ['\n', 1],
    ['\x04', 1],
    ['\x03', 130],
  ])('asks at a terminal, and does as %j says', async (answer, exitCode) => {
    const fake = await startFakeHub(model);
    const cache = temporaryFolder();
    const child = startInTerminal(['get', NAME], environment(fake.endpoint, cache));
    const end = finished(child);
    child.stdout.on('data', (text) => `${text}`.includes('[y/N]') && child.stdin.write(answer));
    expect(await end).toMatchObject({ code: exitCode });
    expect(filesIn(cache).length > 0).toBe(exitCode === 0);
  });

  it('lists the files of a model with their sizes, and what does not fit', async () => {
    const large = { type: 'file', path: 'large.gguf', size: 9e15, lfs: { oid: 'a'.repeat(64), size: 9e15 } };
    const small = { ...large, path: 'small.gguf', size: 5e6, lfs: { oid: 'b'.repeat(64), size: 5e6 } };
    const fake = await startFakeHub({ ...model, list: [large, small] });
    const env = environment(fake.endpoint, temporaryFolder());
    const { code, stdout } = await vitrine(['get', NAME], { env });
    expect(code).toBe(0);
    expect(stdout.split('\n')).toEqual([
      'file           size',
      'small.gguf   5.0 MB',
      expect.stringMatching(/^large\.gguf {2}9000 TB {2}more than the .* that are free on the disk$/),
      '',
      expect.stringContaining('Gemma Terms of Use'),
      expect.stringContaining('vitrine get maker/tiny:FILE'),
      '',
    ]);
    const refused = await vitrine(['get', `${NAME}:large`, '--yes'], { env });
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toMatch(/^maker\/tiny takes 9000 TB of the disk of .*, where .* are free\..*\n$/);
  });

  it('names models to begin with, and asks nobody', async () => {
    const { code, stdout } = await vitrine(['get'], { env: environment('http://127.0.0.1:9', temporaryFolder()) });
    expect(code).toBe(0);
    for (const { repository } of startingPoints) expect(stdout).toContain(`vitrine get ${repository}\n`);
  });

  it.each(['SIGKILL', 'SIGINT'] as const)('goes on after %s with the rest alone', async (signal) => {
    const half = 700_000;
    const content = noise(1_000_000);
    const holding: FakeModel = {
      ...model,
      files: { 'tiny.gguf': content },
      send: (whole, start, response, times) => {
        writeRangeHead(whole, start, response);
        if (times === 1) response.write(whole.subarray(0, half));
        else response.end(whole.subarray(start));
      },
    };
    const fake = await startFakeHub(holding);
    const cache = temporaryFolder();
    const env = environment(fake.endpoint, cache);
    const part = join(cache, 'models--maker--tiny/blobs', `${sha256(content)}.incomplete`);
    const child = startVitrine(['get', NAME, '--yes'], { env });
    const end = finished(child);
    await until(() => existsSync(part) && statSync(part).size === half, 'a half has come');
    child.kill(signal);
    expect((await end).code).toBe(signal === 'SIGINT' ? 130 : null);
    expect(filesIn(cache)).toHaveLength(1);
    const { stdout } = await vitrine(['get', NAME, '--yes'], { env });
    expect(readFileSync(stdout.trim()).equals(content)).toBe(true);
    expect(fake.askedElsewhere.map(({ range }) => range)).toEqual(['bytes=0-', `bytes=${half}-`]);
  });

  it('goes by the proxy of the environment', async () => {
    const fake = await startFakeHub(model);
    const proxy = await openProxy(fake.endpoint);
    onTestFinished(proxy.close);
    const settings = { HTTP_PROXY: proxy.url, http_proxy: proxy.url, NO_PROXY: '127.0.0.1', no_proxy: '127.0.0.1' };
    const env = { ...environment(HIDDEN, temporaryFolder()), ...settings };
    expect(await vitrine(['get', NAME, '--yes'], { env })).toMatchObject({ code: 0 });
    expect(new Set(proxy.reached)).toEqual(new Set(['hub.test:80']));
  });

  it('says that what the environment names is no proxy, without saying it: it may hold a password', async () => {
    const env = { ...environment(HIDDEN, temporaryFolder()), HTTP_PROXY: 'secret', http_proxy: 'secret' };
    const { code, stderr } = await vitrine(['get', NAME], { env });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^HTTPS_PROXY or HTTP_PROXY is no address of a proxy\./);
    expect(stderr).not.toContain('secret');
  });

  it('quotes what people paste into a shell', async () => {
    const fake = await startFakeHub({ ...model, files: { "a'$(b)'.gguf": CONTENT } });
    const { stderr } = await vitrine(['get', NAME, '--yes'], { env: environment(fake.endpoint, temporaryFolder()) });
    expect(stderr).toContain("/a'\\''$(b)'\\''.gguf' \"The mouse");
  });
});
