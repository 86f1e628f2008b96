import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { vitrine } from '../support/command-line';
import { ARCHITECTURES, diffJson, GROUPED, SENTENCE, SEPARATE } from '../support/diff-command';
import { expectedDifference } from '../support/expected-difference';
import { readReference } from '../support/llama-fixtures';
import { startServing } from '../support/serve';
import { temporaryFolder } from '../support/temporary-folder';

/** `<bos>` of the tiny Gemma's. */
const GEMMA_BEGIN = 2;

/** llama.cpp reads 512 tokens at a time, and the tiny models have room for 256. */
function withRoom(name: string): string {
  const folder = join(temporaryFolder(), name, 'hf');
  cpSync(`${ARCHITECTURES}/${name}/hf`, folder, { recursive: true });
  const path = join(folder, 'config.json');
  const config = JSON.parse(readFileSync(path, 'utf8'));
  writeFileSync(path, JSON.stringify({ ...config, max_position_embeddings: 1024 }));
  return folder;
}

describe('--statistics', () => {
  const input = SENTENCE.repeat(80);
  /** One that has a token before every text. */
  const model = () => ['--model', withRoom('gemma')];

  it("prints llama.cpp's block, line by line", async () => {
    const { code, stdout, stderr } = await vitrine(['diff', '-', ...model(), '--ablate', '0.1', '--statistics'], {
      input,
    });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const block = stdout.slice(stdout.indexOf('======')).trimEnd().split('\n');
    const shape = (line: string) =>
      line
        .replace(/: +/, ': ')
        .replace(/± +/, '± ')
        .replace(/-?[\d.]+(?=%$| ±| %$|$)/g, '0');
    expect(block.map(shape)).toEqual(BLOCK);
  });

  it('are those of the chunks that llama.cpp reads', async () => {
    const options = model();
    const asked = ['diff', '-', ...options, '--ablate', '0.1', '--statistics', '--json'];
    const { statistics, chunks } = JSON.parse((await vitrine(asked, { input })).stdout);
    expect(chunks).toBe(512);
    const serving = startServing(...options);
    const { result: read } = await serving.ask('tokens', { text: input });
    const ids: number[] = [GEMMA_BEGIN, ...read.ids];
    const losses = { a: [] as number[], b: [] as number[] };
    for (let chunk = 0; chunk < Math.floor(ids.length / 512); chunk++) {
      // The first token of a chunk gives its place to the one before every text, and the second half is scored.
      const own = [GEMMA_BEGIN, ...ids.slice(512 * chunk + 1, 512 * (chunk + 1))];
      for (const [side, headMask] of [
        ['a', []],
        ['b', [{ layer: 0, head: 1, value: 0 }]],
      ] as const) {
        const { result } = await serving.ask('score', { ids: own, headMask });
        losses[side].push(...result.slice(257).map((logprob: number) => -logprob));
      }
    }
    expect(statistics.tokens).toBe(losses.a.length);
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(Math.log(statistics.perplexityB.value)).toBeCloseTo(mean(losses.b), 4);
    // Of the base llama.cpp has 16 bits.
    expect(Math.log(statistics.perplexityA.value)).toBeCloseTo(mean(losses.a), 3);
  });

  it('are of the text as it is where text or context are too short for chunks, as in PyTorch, and it says so', async () => {
    const [A, B] = [readReference('grouped'), readReference('separate-output')];
    const asked = ['--model', GROUPED, '--model', SEPARATE, '--statistics'];
    const { chunks, statistics } = await diffJson(A.text, ...asked);
    expect([chunks, statistics.tokens]).toEqual([null, A.ids.length - 1]);
    const { logRatio, kl } = expectedDifference(A.ids, A.logprobs, B.logprobs);
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(statistics.kl.mean.value).toBeCloseTo(mean(kl), 4);
    // ln(PPL(Q)/PPL(base)) is how much less probable B finds the tokens.
    expect(statistics.logRatio.value).toBeCloseTo(-mean(logRatio), 4);
    const { stdout } = await vitrine(['diff', A.text, ...asked]);
    expect(stdout.replaceAll('\n', ' ')).toMatch(
      /Read as it is, for llama\.cpp's chunks want 1,024 tokens and a context of 512: \d+ tokens\. So few say little/,
    );
  });
});

/** `kl_divergence` of llama.cpp's tools/perplexity/perplexity.cpp, with 0 for every number. */
const BLOCK = [
  '====== Perplexity statistics ======',
  'Mean PPL(Q)                   : 0 ± 0',
  'Mean PPL(base)                : 0 ± 0',
  'Cor(ln(PPL(Q)), ln(PPL(base))): 0%',
  'Mean ln(PPL(Q)/PPL(base))     : 0 ± 0',
  'Mean PPL(Q)/PPL(base)         : 0 ± 0',
  'Mean PPL(Q)-PPL(base)         : 0 ± 0',
  '',
  '====== KL divergence statistics ======',
  'Mean    KLD: 0 ± 0',
  ...[
    'Maximum',
    '99.9%  ',
    '99.0%  ',
    '95.0%  ',
    '90.0%  ',
    'Median ',
    '10.0%  ',
    ' 5.0%  ',
    ' 1.0%  ',
    ' 0.1%  ',
    'Minimum',
  ].map((name) => `${name} KLD: 0`),
  '',
  '====== Token probability statistics ======',
  'Mean    Δp: 0 ± 0 %',
  ...[
    'Maximum',
    '99.9%  ',
    '99.0%  ',
    '95.0%  ',
    '90.0%  ',
    '75.0%  ',
    'Median ',
    '25.0%  ',
    '10.0%  ',
    ' 5.0%  ',
    ' 1.0%  ',
    ' 0.1%  ',
    'Minimum',
  ].map((name) => `${name} Δp: 0%`),
  'RMS Δp    : 0 ± 0 %',
  'Same top p: 0 ± 0 %',
];
