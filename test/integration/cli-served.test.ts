import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { defaultModelPath } from '../../models/catalogue';
import { cacheFolderVariable } from '../../src/model/cache/folder';
import { createTokenizer, type Tokenizer } from '../../src/tokenizer';
import { finished, type InspectJson, inspectJson, type Run, startVitrine, vitrine } from '../support/command-line';
import { largestDifference } from '../support/compare';
import { useEngine } from '../support/engine';
import {
  type FakeModelServer,
  type FakeOptions,
  type ServerKind,
  startFakeModelServer,
} from '../support/fake-model-server';
import { numbersOf } from '../support/model-numbers';
import { temporaryFolder } from '../support/temporary-folder';

/*
 * The command line with a model on a server: the server has the numbers of the model that comes with Vitrine, so what is printed
 * has to be what is printed of that.
 */

const TEXT = 'The mouse ate the cheese.';

const state = useEngine();
const numbers = numbersOf(() => state.engine);
let tokenizer: Tokenizer;
beforeAll(async () => {
  tokenizer = createTokenizer(await state.engine.vocabulary({}));
});

interface Served {
  fake: FakeModelServer;
  /** What names its model. */
  options: string[];
  run(...args: string[]): Promise<Run>;
}

async function served(kind: ServerKind, change: Partial<FakeOptions> = {}): Promise<Served> {
  const fake = await startFakeModelServer({ kind, numbers, tokenizer, ...change });
  const options = ['--server', fake.address, '--vocabulary', defaultModelPath()];
  const env = { [cacheFolderVariable()]: temporaryFolder() };
  return { fake, options, run: (command, ...args) => vitrine([command as string, ...args, ...options], { env }) };
}

/** Whether a server was sent the tokens of a text. */
function wasSent({ asked }: FakeModelServer, text: string): boolean {
  const ids = Array.from(tokenizer.encode(text).ids).join();
  return asked.some(({ body }) => `${body?.prompt ?? body?.input_ids}`.includes(ids));
}

function printed({ code, stdout, stderr }: Run): string {
  expect([code, stderr.replace(/^Sends .*\n/, '')]).toEqual([0, '']);
  return stdout;
}

describe('vitrine inspect --server', () => {
  it.each<[ServerKind, { limit: number; alternatives: number }]>([
    ['vllm', { limit: Number.POSITIVE_INFINITY, alternatives: 10 }],
    ['sglang', { limit: 10, alternatives: 10 }],
    ['tgi', { limit: 0, alternatives: 0 }],
  ])('has the numbers of %s, and says which are bounds', async (kind, { limit, alternatives }) => {
    const { fake, run } = await served(kind);
    const answer = await run('inspect', TEXT, '--json');
    const own = await inspectJson(TEXT);
    const { tokens, provider, ...rest }: InspectJson = JSON.parse(printed(answer));
    const host = new URL(fake.address).host;
    expect(answer.stderr).toBe(`Sends 25 characters to smollm2 on ${host}.\n`);
    expect([provider, rest]).toMatchObject([host, { server: { host }, capabilities: { hasAttention: false } }]);
    expect(tokens.map(({ id, start, end, bytes }) => [id, start, end, bytes])).toEqual(
      own.tokens.map(({ id, start, end, bytes }) => [id, start, end, bytes]),
    );
    const logprobs = (all: InspectJson['tokens']) => all.slice(1).map(({ logprob }) => logprob as number);
    expect(largestDifference(logprobs(tokens), logprobs(own.tokens))).toBeLessThan(1e-5);
    const ranks = own.tokens.map(({ rank }) => (rank === null || limit === 0 ? null : Math.min(rank, limit)));
    expect(tokens.map(({ rank }) => rank)).toEqual(ranks);
    const isLimited = limit > 0 && Number.isFinite(limit);
    expect(rest).toMatchObject(isLimited ? { rankLimit: limit, isEntropyBound: true } : {});
    expect('rankLimit' in rest).toBe(isLimited);
    for (const [position, { top, entropy }] of tokens.entries()) {
      const expected = own.tokens[position];
      expect(top.map(({ id }) => id)).toEqual(expected?.top.slice(0, alternatives).map(({ id }) => id));
      if (alternatives === 0) expect(entropy).toBeNull();
      else expect(entropy).toBeLessThanOrEqual(expected?.entropy as number);
    }
  });

  it('shows ranks past those that a server names as such, and of a class only what is known', async () => {
    const { run } = await served('sglang');
    const table = printed(await run('inspect', TEXT));
    expect(table).toMatch(/^1 ·mouse +9444 +<0.001 % +> 5 +18.1/m);
    expect(table).toMatch(/^2 first guess · 3 of a rank that the server does not tell$/m);
    expect(table).toMatch(/^smollm2 · 127\.0\.0\.1:\d+ · read in/m);
  });

  it.each([
    ['--attention', ['--attention', '18.6'], 'does not give its attention'],
    ['--lens', ['--lens'], 'does not give what passes from layer to layer'],
    ['--ablate', ['--ablate', '1.2'], 'nothing inside of it can be changed'],
  ])('refuses %s in a sentence, and sends no text', async (_, options, sentence) => {
    const { fake, run } = await served('vllm');
    const { code, stdout, stderr } = await run('inspect', TEXT, ...options);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(new RegExp(`^smollm2 runs on a server, [^\\n]*${sentence}[^\\n]*\\n$`));
    expect(wasSent(fake, TEXT)).toBe(false);
  });

  it('says of a server that only writes what to use in its place, and sends no text', async () => {
    const { fake, run } = await served('ollama');
    const { code, stderr } = await run('inspect', TEXT);
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/^Ollama gives probabilities of the tokens that it writes/),
    ]);
    expect(JSON.stringify(fake.asked)).not.toContain(TEXT);
  });

  it('sends the key of the environment to the server itself, whatever proxy there is, and shows it nowhere', async () => {
    const { fake, options } = await served('vllm');
    const env = { VITRINE_SERVER_KEY: 'a-secret', HTTP_PROXY: 'http://127.0.0.1:9', http_proxy: 'http://127.0.0.1:9' };
    const { code, stdout, stderr } = await vitrine(['inspect', TEXT, '--json', ...options], { env });
    expect(code).toBe(0);
    expect(new Set(fake.asked.map(({ authorization }) => authorization))).toEqual(new Set(['Bearer a-secret']));
    expect(stdout + stderr).not.toContain('a-secret');
  });

  it('closes its request at Ctrl-C', async () => {
    const { fake, options } = await served('vllm', {
      // The text's own, which it would read for an hour.
      instead: () => wasSent(fake, TEXT),
    });
    const child = startVitrine(['inspect', TEXT, ...options]);
    const run = finished(child);
    await once(child.stderr, 'data');
    await expect.poll(() => wasSent(fake, TEXT)).toBe(true);
    child.kill('SIGINT');
    expect((await run).code).toBe(130);
    await expect.poll(() => fake.cancelled).toBe(1);
  });

  it.each([
    ['a text over http to another machine', ['--server', 'http://10.0.0.1:8000'], 2, /asked by http.*https/],
    ['a vocabulary of no server', ['--vocabulary', 'tokenizer.json'], 2, /belongs to --server/],
    ['a key in the process list', ['--server', 'https://host', '--key', 'x'], 2, /unknown option/],
    ['a server that is not there', ['--server', 'http://127.0.0.1:9'], 1, /127\.0\.0\.1:9 cannot be reached/],
  ])('refuses %s', async (_, options, expected, sentence) => {
    const { code, stdout, stderr } = await vitrine(['inspect', TEXT, ...options]);
    expect([code, stdout]).toEqual([expected, '']);
    expect(stderr).toMatch(sentence);
  });

  it('has the server make the tokens where nobody knows its vocabulary, or says how to give that', async () => {
    const [vllm, sglang] = [await served('vllm'), await served('sglang')];
    const made = await vitrine(['inspect', TEXT, '--json', '--server', vllm.fake.address]);
    const { tokens }: InspectJson = JSON.parse(printed(made));
    expect(tokens.map(({ text }) => text).join('')).toBe(TEXT);
    expect(tokens.map(({ id }) => id)).toEqual(Array.from(tokenizer.encode(TEXT).ids));
    const cases = [
      ['inspect', sglang],
      ['diff', vllm],
    ] as const;
    for (const [command, { fake }] of cases) {
      const { code, stderr } = await vitrine([command, 'Not to be sent.', '--server', fake.address]);
      expect([code, stderr]).toEqual([1, expect.stringMatching(/ Say --vocabulary PATH\.\n$/)]);
      expect(JSON.stringify(fake.asked)).not.toContain('Not to be sent');
      expect(wasSent(fake, 'Not to be sent.')).toBe(false);
    }
  });
});

describe('vitrine diff --server', () => {
  it('finds nothing between a model and itself on a server, and leaves out what needs whole distributions', async () => {
    const { options } = await served('sglang');
    const { stdout } = await vitrine(['diff', TEXT, '--json', ...options]);
    const { a, b, tokens, summary } = JSON.parse(stdout);
    expect([a.label, b.label]).toEqual([a.model, expect.stringMatching(/^smollm2 on 127/)]);
    expect([a.server, b.server.host, b.rankLimit]).toEqual([undefined, b.provider, 5]);
    const own = await inspectJson(TEXT);
    for (const token of tokens) {
      expect(token.b.logprob).toBeCloseTo(token.a.logprob, 5);
      expect(token.b.rank).toBe(Math.min(token.a.rank, 5));
      expect([token.kl, token.reverseKl]).toEqual([null, null]);
    }
    expect(summary).toMatchObject({ tokens: 5, sameTop: 1, meanKl: null, meanReverseKl: null });
    expect(summary.a.perplexity).toBeCloseTo(own.perplexity as number, 3);
    expect(summary.b.perplexity).toBeCloseTo(own.perplexity as number, 3);
  });

  it('has perplexities of two servers, and no divergence', async () => {
    const [{ options }, { options: others }] = [await served('vllm'), await served('vllm')];
    const { stdout } = await vitrine(['diff', TEXT, '--statistics', ...options, ...others]);
    expect(stdout).toContain('divergences of whole distributions are left out');
    expect(stdout).toMatch(/Mean PPL\(Q\) +: +371\.4.*\nMean PPL\(base\) +: +371\.4/);
    expect(stdout).not.toMatch(/KLD/);
  });
});

describe('what reads many texts, with --server', () => {
  /** Of 25 tokens. */
  const code = 'def double(x):\n    return 2 * x\n\n\ndef triple(x):\n    return 3 * x\n';

  it('scans by a server what it scans here, and holds it against an earlier run', async () => {
    const path = join(temporaryFolder(), 'code.py');
    writeFileSync(path, code);
    const { run } = await served('vllm');
    const answer = await run('scan', path, '--json');
    expect(answer.stderr).toMatch(/^Sends up to 1 file, \d+ bytes, to smollm2 on 127/);
    const [there] = JSON.parse(printed(answer)).files;
    const [here] = JSON.parse((await vitrine(['scan', path, '--json'])).stdout).files;
    expect(there.tokens).toBe(here.tokens);
    expect(there.bits).toBeCloseTo(here.bits, 4);
    const baseline = join(temporaryFolder(), 'before.sarif');
    writeFileSync(baseline, printed(await run('scan', path, '--sarif')));
    expect(printed(await run('scan', path, '--baseline', baseline))).toContain('none of them new');
  });

  it('asks before much is sent', async () => {
    const folder = temporaryFolder();
    for (let i = 0; i < 11; i++) writeFileSync(join(folder, `${i}.py`), 'x = 1\n'.repeat(160_000));
    const { fake, run } = await served('vllm');
    const { code: exit, stderr } = await run('scan', folder);
    expect([exit, stderr]).toEqual([1, expect.stringMatching(/Sends up to 11 files, .*\nNothing was sent: .*--yes/)]);
    expect(wasSent(fake, 'x = 1\nx = 1')).toBe(false);
  });

  it('reads conversations, documents and requests', async () => {
    const { run, options } = await served('vllm');
    const chat = printed(await run('chat', 'examples/chats.jsonl', '--line', '1'));
    expect(chat).toContain('scored: 3 tokens · 4.8 bits a token · −9.9 nats');
    const documents = join(temporaryFolder(), 'rows.txt');
    writeFileSync(documents, `${TEXT}\n`);
    expect(printed(await run('data', documents, '--preset', 'code'))).toMatch(/^Bits per byte of the model/m);
    const input =
      '{"id": 1, "method": "forward", "params": {"text": "The mouse"}}\n{"id": 2, "method": "heads", "params": {"trace": 1}}';
    const { stdout } = await vitrine(['serve', ...options], { input });
    const answers = Object.fromEntries(
      stdout
        .trim()
        .split('\n')
        .map((line) => [JSON.parse(line).id, JSON.parse(line)]),
    );
    expect(answers[1].result.ids).toEqual([504, 9444]);
    expect(answers[2].error.code).toBe('capability.absent');
  });
});
