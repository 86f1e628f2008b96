import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { adapterFolder } from '../support/adapter-folder';
import { finished, type InspectJson, inspectJson, startVitrine, vitrine } from '../support/command-line';
import { largestDifference } from '../support/compare';
import { expectedDifference } from '../support/expected-difference';
import { llamaFixture, readReference } from '../support/llama-fixtures';
import { childrenOf, isAlive } from '../support/processes';
import { startServing } from '../support/serve';
import { temporaryFolder } from '../support/temporary-folder';
import { zeros } from '../support/write-safetensors';

const GROUPED = llamaFixture('grouped');
const SEPARATE = llamaFixture('separate-output');
const ARCHITECTURES = 'test/fixtures/architectures';
const LORA_BASE = `${ARCHITECTURES}/llama-biases/hf`;
const LORA = `${ARCHITECTURES}/lora-llama`;
const TEXT = 'the mouse ate the cat';
const SENTENCE = 'The mouse ate the cheese.';
/** Of vocabularies of their own. */
const OTHERS = [`${ARCHITECTURES}/qwen2-padded/hf`, `${ARCHITECTURES}/gpt2-options/hf`] as const;

/** `<bos>` of the tiny Gemma's. */
const GEMMA_BEGIN = 2;

interface SideJson {
  logprob: number;
  rank: number;
  entropy: number;
  top: { id: number; text: string; logprob: number }[];
}

interface TokenJson {
  id: number;
  text: string;
  start: number;
  end: number;
  a: SideJson;
  b: SideJson;
  kl: number;
  reverseKl: number;
}

// biome-ignore lint/suspicious/noExplicitAny: docs/json.md says what it is
async function diffJson(...args: string[]): Promise<any> {
  const { code, stdout, stderr } = await vitrine(['diff', ...args, '--json']);
  if (code !== 0) throw new Error(`exit code ${code}: ${stderr}`);
  return JSON.parse(stdout);
}

const logRatios = (tokens: readonly TokenJson[]) => tokens.map(({ a, b }) => b.logprob - a.logprob);

/** llama.cpp reads 512 tokens at a time, and the tiny models have room for 256. */
function withRoom(name: string): string {
  const folder = join(temporaryFolder(), name, 'hf');
  cpSync(`${ARCHITECTURES}/${name}/hf`, folder, { recursive: true });
  const path = join(folder, 'config.json');
  const config = JSON.parse(readFileSync(path, 'utf8'));
  writeFileSync(path, JSON.stringify({ ...config, max_position_embeddings: 1024 }));
  return folder;
}

describe('two models', () => {
  it('differ as in PyTorch', async () => {
    const [A, B] = [readReference('grouped'), readReference('separate-output')];
    const { a, b, text, tokens, summary } = await diffJson(A.text, '--model', GROUPED, '--model', SEPARATE);
    const expected = expectedDifference(A.ids, A.logprobs, B.logprobs);
    const of = (value: (token: TokenJson) => number): number[] => tokens.map(value);
    expect([a.model, b.model]).toEqual(['Tiny random Llama, grouped', 'Tiny random Llama, separate-output']);
    expect(text).toBe(A.text);
    expect(of(({ id }) => id)).toEqual(A.ids.slice(1));
    expect(tokens.map((token: TokenJson) => token.text).join('')).toBe(A.text.slice(tokens[0].start));
    expect(largestDifference(logRatios(tokens), expected.logRatio)).toBeLessThan(1e-3);
    expect(
      largestDifference(
        of(({ kl }) => kl),
        expected.kl,
      ),
    ).toBeLessThan(1e-4);
    expect(
      largestDifference(
        of(({ reverseKl }) => reverseKl),
        expected.reverseKl,
      ),
    ).toBeLessThan(1e-4);
    expect(
      largestDifference(
        of((token) => token.a.entropy),
        expected.entropyA,
      ),
    ).toBeLessThan(1e-4);
    expect(of((token) => token.b.rank)).toEqual(B.rank);
    const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
    expect(summary.tokens).toBe(A.ids.length - 1);
    expect(summary.logRatio).toBeCloseTo(sum(expected.logRatio), 2);
    expect(summary.meanKl).toBeCloseTo(sum(expected.kl) / expected.kl.length, 4);
    const flips = tokens.filter((token: TokenJson) => token.a.top[0]?.id !== token.b.top[0]?.id).length;
    expect(summary.sameTop).toBeCloseTo(1 - flips / tokens.length, 9);
  });

  it('of which one is the other differ in nothing, and it says so', async () => {
    const { code, stdout, stderr } = await vitrine(['diff', TEXT, '--model', GROUPED, '--model', GROUPED, '--json']);
    const { tokens, summary } = JSON.parse(stdout);
    expect(code).toBe(0);
    expect(stderr).toMatch(/same weights in the same form/);
    expect(Math.max(...tokens.flatMap(({ kl, reverseKl }: TokenJson) => [kl, reverseKl]))).toBeLessThan(1e-6);
    expect(logRatios(tokens)).toEqual(tokens.map(() => 0));
    expect(summary.sameTop).toBe(1);
  });

  it('of one name have the folders beside it that tell one from the other', async () => {
    const folder = temporaryFolder();
    for (const name of ['before', 'after']) {
      mkdirSync(join(folder, name));
      cpSync(GROUPED, join(folder, name, 'model.gguf'));
    }
    const models = ['before', 'after'].flatMap((name) => ['--model', join(folder, name, 'model.gguf')]);
    const { a, b } = await diffJson(TEXT, ...models);
    expect([a.label, b.label]).toEqual([`${a.model} (before)`, `${a.model} (after)`]);
    expect(a.model).toBe(b.model);
  });

  it('of different vocabularies are compared by parts that both cut off, and no KL is made up', async () => {
    const models = OTHERS.flatMap((path) => ['--model', path]);
    const found = await diffJson(SENTENCE, ...models);
    expect(found.tokens).toBeUndefined();
    expect(JSON.stringify(found)).not.toMatch(/kl/i);
    const read = await Promise.all(OTHERS.map((path) => inspectJson(SENTENCE, '--model', path)));
    for (const { text, start, end, a, b } of found.spans) {
      expect(text).toBe(SENTENCE.slice(start, end));
      for (const [index, side] of [a, b].entries()) {
        const within = (read[index]?.tokens ?? []).filter((token) => token.start >= start && token.end <= end);
        expect(side.tokens).toBe(within.length);
        expect(side.logprob).toBeCloseTo(
          within.reduce((sum, { logprob }) => sum + (logprob ?? 0), 0),
          3,
        );
      }
    }
    const { stdout } = await vitrine(['diff', SENTENCE, ...models]);
    expect(stdout).toMatch(/^from +part +tokens A +B +bits A +bits B +ln B\/A$/m);
    expect(stdout.replaceAll('\n', ' ')).toMatch(/different vocabularies.*KL is not defined/);
  });
});

describe('one model in another way', () => {
  const gains = JSON.parse(readFileSync(`${LORA}/gains.json`, 'utf8')).gains as { gain: number; logprob: number[] }[];
  const logprobsAt = (gain: number) => gains.find((at) => at.gain === gain)?.logprob ?? [];

  it.each([0, 2.5])('with an adapter at a gain of %s, as in PEFT', async (gain) => {
    const { a, b, tokens } = await diffJson(SENTENCE, '--model', LORA_BASE, '--adapter', LORA, '--gain', `${gain}`);
    const of = (side: 'a' | 'b'): number[] => tokens.map((token: TokenJson) => token[side].logprob);
    expect(largestDifference(of('a'), logprobsAt(0))).toBeLessThan(1e-4);
    expect(largestDifference(of('b'), logprobsAt(gain))).toBeLessThan(1e-4);
    expect([a.adapterGain, b.adapterGain]).toEqual([undefined, gain]);
    expect(b.label).toMatch(new RegExp(` \\+ ${gain} × lora-llama$`));
  });

  it('with a head off and a control vector added, as inspect has it', async () => {
    const model = ['--model', `${ARCHITECTURES}/olmo3/hf`];
    const changes = ['--ablate', '1.1', '--steer', 'test/fixtures/steering/control.gguf:0.5'];
    const { b, tokens } = await diffJson(SENTENCE, ...model, ...changes);
    const plain = await inspectJson(SENTENCE, ...model);
    const changed = await inspectJson(SENTENCE, ...model, ...changes);
    const logprobs = ({ tokens }: InspectJson) => tokens.slice(1).map(({ logprob }) => logprob ?? Number.NaN);
    const of = (side: 'a' | 'b'): number[] => tokens.map((token: TokenJson) => token[side].logprob);
    expect(largestDifference(of('a'), logprobs(plain))).toBeLessThan(1e-4);
    expect(largestDifference(of('b'), logprobs(changed))).toBeLessThan(1e-4);
    expect(largestDifference(of('a'), of('b'))).toBeGreaterThan(1e-2);
    expect(b.provenance).toEqual(changed.provenance);
    expect(b.label).toBe(`${changed.model}, without 1.1, 0.50 × control`);
  });

  it('in its chat template: the tokens of the text, as they stand in the prompt', async () => {
    const { a, b, tokens } = await diffJson(SENTENCE, '--chat-template');
    expect(a.prompt).toBeUndefined();
    // As transformers renders it, with the template's own system message.
    expect(b.prompt).toMatch(
      /^<\|im_start\|>system\n.*<\|im_end\|>\n<\|im_start\|>user\nThe mouse ate the cheese\.<\|im_end\|>\n/,
    );
    const input = [SENTENCE, b.prompt].map((text) => JSON.stringify({ text })).join('\n');
    const { stdout } = await vitrine(['inspect', '--prompts', '-', '--top', '1'], { input });
    const [plain, prompt] = stdout.split('\n', 2).map((line) => JSON.parse(line) as InspectJson) as [
      InspectJson,
      InspectJson,
    ];
    const at = b.prompt.indexOf(SENTENCE);
    for (const token of tokens as TokenJson[]) {
      const standing = (of: InspectJson, start: number) => of.tokens.find((one) => one.start === start);
      expect(token.a.logprob).toBeCloseTo(standing(plain, token.start)?.logprob ?? Number.NaN, 3);
      expect(token.b.logprob).toBeCloseTo(standing(prompt, at + token.start)?.logprob ?? Number.NaN, 3);
    }
    expect(tokens).toHaveLength(plain.tokens.length - 1);
  });

  it('in another form of its weights', async () => {
    const model = ['--model', `${ARCHITECTURES}/llama-q8-0/model.gguf`];
    const { a, b, summary } = await diffJson(SENTENCE, ...model, '--weights', 'packed', '--weights', 'float32');
    expect([a.weights, b.weights]).toEqual(['packed', 'float32']);
    expect([a.label, b.label]).toEqual([`${a.model}, packed`, `${a.model}, float32`]);
    expect(summary.meanKl).toBeLessThan(1e-6);
  });
});

it('of a file that is quantised already, a form that is rounded once more is near that file', async () => {
  const asked = [SENTENCE, '--weights', 'q4_0'];
  const near =
    'The weights of B are rounded to 4 bits from a file that has them as Q4_1: near that file, not the original model.';
  const { a, b } = await diffJson(...asked);
  expect([a.fileType, b.fileType]).toEqual(['Q4_1', 'Q4_1']);
  expect([a.notes, b.notes]).toEqual([undefined, [near]]);
  const { stdout } = await vitrine(['diff', ...asked]);
  expect(stdout).toMatch(/^A .* · Q4_1 file\nB .* · Q4_1 file\n/);
  expect(stdout.replaceAll('\n', ' ')).toContain(near);
});

describe('for people', () => {
  const [A, B] = [readReference('grouped'), readReference('separate-output')];
  const args = ['diff', A.text, '--model', GROUPED, '--model', SEPARATE];

  it('a table of at most 80 columns, what moved most, and where the first guess flips', async () => {
    const { stdout } = await vitrine(args);
    const { logRatio } = expectedDifference(A.ids, A.logprobs, B.logprobs);
    expect(stdout).toMatch(
      /^A {2}Tiny random Llama, grouped · F32 file\nB {2}Tiny random Llama, separate-output · Q8_0 file\n\n *# token/,
    );
    expect(Math.max(...stdout.split('\n').map((line) => [...line].length))).toBeLessThanOrEqual(80);
    // Whose sign is seen without colours.
    for (const [index, ratio] of logRatio.entries()) {
      const shown = `${ratio < 0 ? '−' : '+'}${Math.abs(ratio).toPrecision(2)}`;
      expect(stdout).toMatch(new RegExp(`^ *${index + 1} .* %  *\\${shown} `, 'm'));
    }
    expect(stdout).toMatch(
      /^The tokens that moved most\n *# +more probable to B +ln B\/A +# +less probable to B +ln B\/A\n/m,
    );
    expect(stdout).toMatch(
      /^The first guess flips in \d+ of \d+ places.*\n *# +stands there +A would say +B would say\n/m,
    );
  });

  it('in two hues, where there are colours', async () => {
    const { stdout } = await vitrine(args, { env: { FORCE_COLOR: '3' } });
    const { logRatio } = expectedDifference(A.ids, A.logprobs, B.logprobs);
    const most = logRatio.map((ratio, index) => ({ ratio, index })).filter(({ ratio }) => Math.abs(ratio) > 0.5);
    expect(new Set(most.map(({ ratio }) => Math.sign(ratio))).size).toBe(2);
    for (const { ratio, index } of most) {
      const line =
        stdout.split('\n').find((one) => one.includes(`m ${index + 1} `) || one.includes(`m${index + 1} `)) ?? '';
      const [red = 0, , blue = 0] = /48;2;(\d+);(\d+);(\d+)m/.exec(line)?.slice(1).map(Number) ?? [];
      expect(Math.sign(blue - red)).toBe(Math.sign(ratio));
    }
  });
});

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
    const { statistics } = JSON.parse((await vitrine(asked, { input })).stdout);
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

describe.runIf(existsSync('/proc/self/task'))('while both models are loaded', () => {
  it.each([
    ['Ctrl-C ends it', 'SIGINT', 130, /^$/],
    ['the engine of B that is killed is told of in a sentence', undefined, 1, /^The engine stopped unexpectedly.*\n$/],
  ] as const)('%s, and no engine is left', async (_, signal, exitCode, sentence) => {
    const command = startVitrine(['diff', '-', '--weights', 'packed', '--weights', 'float32'], {
      input: SENTENCE.repeat(99),
    });
    const done = finished(command);
    const engines = () => childrenOf(command.pid ?? Number.NaN, 'engine.js');
    await expect.poll(() => engines().length, { timeout: 30_000 }).toBe(2);
    const started = engines();
    if (signal) command.kill(signal);
    else process.kill(Math.max(...started), 'SIGKILL');
    const { code, stdout, stderr } = await done;
    expect({ code, stdout }).toEqual({ code: exitCode, stdout: '' });
    expect(stderr).toMatch(sentence);
    await expect.poll(() => started.filter(isAlive)).toEqual([]);
  });
});

describe('what cannot be is refused in a sentence', () => {
  const model = ['--model', GROUPED];
  it.each<[string, number, () => string[], RegExp]>([
    ['one model only', 2, () => [TEXT, ...model], /^Nothing says what B is\. Give a second --model PATH, or --adapter/],
    ['no model at all', 2, () => [TEXT], /^Nothing says what B is\./],
    ['three models', 2, () => [TEXT, ...model, ...model, ...model], /^Two models are compared at a time/],
    ['a gain without an adapter', 2, () => [TEXT, ...model, '--gain', '2'], /^--gain belongs to --adapter PATH/],
    ['a gain that is no number', 2, () => [TEXT, ...model, '--adapter', LORA, '--gain', 'much'], /has to be a number/],
    ['a form that there is not', 2, () => [TEXT, ...model, '--weights', '2bit'], /one of auto, float32, packed/],
    ['a head that the model lacks', 2, () => [TEXT, ...model, '--ablate', '9.0'], /^There is no head 9\.0/],
    ['statistics of a chat', 2, () => [TEXT, '--chat-template', '--statistics'], /cannot be used with/],
    ['no text', 2, () => [...model, ...model], /^Give either a text/],
    [
      'a gain of what is merged',
      1,
      () => [SENTENCE, '--model', LORA_BASE, '--adapter', `${ARCHITECTURES}/dora-llama`, '--gain', '2'],
      /^The adapter dora-llama can only be merged .* Leave --gain out/,
    ],
    [
      'a missing file of B',
      1,
      () => [TEXT, ...model, '--model', '/no/such.gguf'],
      /^There is no file \/no\/such\.gguf/,
    ],
    ['a missing adapter', 1, () => [TEXT, ...model, '--adapter', '/no/such'], /^There is no file \/no\/such/],
    ['an adapter of another format', 1, () => [TEXT, ...model, '--adapter', LORA], /does not fit|goes with|PEFT|GGUF/],
    [
      'an adapter for another base',
      1,
      () => [
        SENTENCE,
        '--model',
        LORA_BASE,
        '--adapter',
        adapterFolder(
          { base_model_name_or_path: 'someone/other' },
          {
            'base_model.model.model.layers.0.self_attn.q_proj.lora_A.weight': zeros(2, 48),
            'base_model.model.model.layers.0.self_attn.q_proj.lora_B.weight': zeros(48, 2),
          },
        ),
      ],
      /does not fit/,
    ],
    ['an empty text', 1, () => ['', ...model, '--ablate', '0.0'], /no text for the model to read/],
    [
      'a text of one token',
      1,
      () => ['the', ...model, '--ablate', '0.0'],
      /no part of the text that both models predict/,
    ],
    [
      'a text past the context',
      1,
      () => [TEXT.repeat(200), ...model, '--ablate', '0.0'],
      /has room for 256\..*--truncate/,
    ],
    ['no chat template', 1, () => [TEXT, ...model, '--chat-template'], /^The model has no chat template/],
    [
      "too little for llama.cpp's statistics",
      1,
      () => [TEXT, '--model', withRoom('llama-biases'), '--ablate', '0.0', '--statistics'],
      /statistics want 1,024/,
    ],
    [
      'statistics of a model with too little room for them',
      1,
      () => [TEXT, ...model, '--ablate', '0.0', '--statistics'],
      /512 tokens at a time, .* has room for 256\. Leave --statistics out/,
    ],
    [
      'statistics of two vocabularies',
      1,
      () => [TEXT, ...OTHERS.flatMap((path) => ['--model', path]), '--statistics'],
      /different vocabularies/,
    ],
  ])('%s', async (_, exitCode, args, sentence) => {
    const { code, stdout, stderr } = await vitrine(['diff', ...args()]);
    expect({ code, stdout }).toEqual({ code: exitCode, stdout: '' });
    expect(stderr).toMatch(sentence);
  });

  it('unless of a text past the context the last tokens are asked for, and it says so', async () => {
    const { code, stdout, stderr } = await vitrine([
      'diff',
      TEXT.repeat(200),
      ...model,
      '--ablate',
      '0.0',
      '--truncate',
      '--json',
    ]);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^The text is longer .* the last 256 tokens were read\.\n$/);
    expect(JSON.parse(stdout).tokens).toHaveLength(255);
  });

  it('an adapter that says it is of another model, but fits, with a word about it', async () => {
    const adapter = adapterFolder({ base_model_name_or_path: 'someone/other' });
    const { code, stderr } = await vitrine(['diff', SENTENCE, '--model', LORA_BASE, '--adapter', adapter, '--json']);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^The adapter says that it was trained on someone\/other\.\n$/);
  });
});
