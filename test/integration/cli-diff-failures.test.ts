import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { adapterFolder } from '../support/adapter-folder';
import { finished, startVitrine, vitrine } from '../support/command-line';
import { ARCHITECTURES, GROUPED, LORA, LORA_BASE, OTHERS, SENTENCE, TEXT } from '../support/diff-command';
import { childrenOf, isAlive } from '../support/processes';
import { zeros } from '../support/write-safetensors';

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
    [
      'one model only',
      2,
      () => [TEXT, ...model],
      /^Nothing says what B is\. Give a second --model PATH, --server URL, or --adapter/,
    ],
    ['no model at all', 2, () => [TEXT], /^Nothing says what B is\./],
    ['three models', 2, () => [TEXT, ...model, ...model, ...model], /^Two models are compared at a time/],
    ['a gain without an adapter', 2, () => [TEXT, ...model, '--gain', '2'], /^--gain belongs to --adapter PATH/],
    ['a gain that is no number', 2, () => [TEXT, ...model, '--adapter', LORA, '--gain', 'much'], /has to be a number/],
    ['a form that there is not', 2, () => [TEXT, ...model, '--weights', '2bit'], /one of auto, float32, packed/],
    ['a head that the model lacks', 2, () => [TEXT, ...model, '--ablate', '9.0'], /^There is no head 9\.0/],
    [
      'three servers',
      2,
      () => [TEXT, ...Array(3).fill(['--server', 'https://host']).flat()],
      /^Two models are compared/,
    ],
    ['a chat template on a server', 2, () => [TEXT, '--server', 'https://host', '--chat-template'], /cannot be used/],
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
