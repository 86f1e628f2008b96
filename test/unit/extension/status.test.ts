import { describe, expect, it } from 'vitest';
import { shortModelName } from '../../../src/display/names';
import { attentionLegend, heatLegend } from '../../../src/extension/status/legend';
import { type ServerFacts, serverParts } from '../../../src/extension/status/server-text';
import { type StatusFacts, statusText } from '../../../src/extension/status/status-text';

const t = (text: string, ...values: (string | number)[]) => text.replace(/\{(\d)\}/g, (_, index) => `${values[index]}`);

const facts = (change: Partial<StatusFacts>): StatusFacts => ({
  state: { kind: 'ready' },
  model: { name: 'SmolLM2 135M', provider: 'cpu' },
  vocabulary: undefined,
  tokens: 1042,
  ofModel: false,
  mode: undefined,
  changes: undefined,
  ...change,
});

describe('the status item', () => {
  it.each<[string, Partial<StatusFacts>, string]>([
    ['the model, what it runs on, the tokens', {}, '$(eye) SmolLM2 135M · cpu · 1,042 tok'],
    ['one token', { tokens: 1 }, '$(eye) SmolLM2 135M · cpu · 1 token'],
    [
      'both where vocabulary and model differ',
      { vocabulary: 'o200k' },
      '$(eye) SmolLM2 135M · cpu · o200k · 1,042 tok',
    ],
    [
      'that another vocabulary is chosen than the model, whose tokens are coloured, has',
      { vocabulary: 'o200k', ofModel: true },
      '$(eye) SmolLM2 135M · cpu · 1,042 tok · o200k chosen',
    ],
    [
      'how a selection was read',
      { mode: 'withTextBefore' },
      '$(eye) SmolLM2 135M · cpu · 1,042 tok · with the text before it',
    ],
    ['that a head is off', { changes: 'head 18.6 off' }, '$(eye) SmolLM2 135M · cpu · 1,042 tok · head 18.6 off'],
    ['no model', { state: { kind: 'off' }, model: undefined, tokens: undefined }, '$(eye) Vitrine'],
    ['a vocabulary without a model', { model: undefined, vocabulary: 'o200k' }, '$(eye) Vitrine · o200k · 1,042 tok'],
    [
      'work',
      { state: { kind: 'working', stage: 'forward', done: 512, total: 4096 } },
      '$(loading~spin) SmolLM2 135M · reading: 512 of 4,096 tokens',
    ],
    [
      'the first compile',
      { model: undefined, state: { kind: 'working', stage: 'compile', done: 54e6, total: 540e6 } },
      '$(loading~spin) Vitrine · compiling: 54 MB of 540 MB',
    ],
    [
      'work on one token',
      { state: { kind: 'working', stage: 'continue', done: 0, total: 1 } },
      '$(loading~spin) SmolLM2 135M · writing: 1 token',
    ],
    [
      'that nothing answers, and what a click does',
      { state: { kind: 'unresponsive', before: { kind: 'ready' } } },
      '$(warning) Vitrine: not answering · Restart',
    ],
    [
      'what is compared before either is loaded, and that B is',
      {
        state: { kind: 'off' },
        model: undefined,
        tokens: undefined,
        compared: { a: 'M', b: 'M, Q8_0', state: { kind: 'working', stage: 'load', done: 0, total: 1 } },
      },
      '$(loading~spin) M ↔ M, Q8_0 · B: loading the model',
    ],
    [
      'that two models are too near each other for a colour',
      { compared: { a: 'M, Q4_1', b: 'M, Q8_0', state: { kind: 'ready' } }, agreement: 0.048 },
      '$(eye) M, Q4_1 ↔ M, Q8_0 · cpu · 1,042 tok · A and B agree within 0.048 nats',
    ],
    [
      'the host of a model on a server',
      {
        model: { name: 'llama', provider: 'models.example:443' },
        server: { host: 'models.example:443', isSending: false },
      },
      '$(cloud) llama · models.example:443 · 1,042 tok',
    ],
    [
      'that a text is on its way there',
      {
        state: { kind: 'working', stage: 'forward', done: 0, total: 12 },
        model: { name: 'llama', provider: 'models.example:443' },
        server: { host: 'models.example:443', isSending: true },
      },
      '$(cloud-upload) llama · models.example:443 · reading: 0 of 12 tokens',
    ],
    [
      'the host of a model on a server that is compared with one on this machine',
      {
        compared: {
          a: 'M',
          b: 'llama',
          state: { kind: 'ready' },
          server: { host: 'models.example:443', isSending: false },
        },
      },
      '$(cloud) M ↔ llama (models.example:443) · cpu · 1,042 tok',
    ],
    [
      'to which server it connects',
      {
        state: { kind: 'working', stage: 'load', done: 0, total: 1 },
        model: undefined,
        server: { host: 'models.example:443', isSending: false },
      },
      '$(loading~spin) Vitrine · models.example:443 · connecting',
    ],
    [
      'to which server it could not connect',
      { state: { kind: 'failed', message: 'No.' }, server: { host: 'models.example:443', isSending: false } },
      '$(error) Vitrine: not connected to models.example:443',
    ],
    ['failure', { state: { kind: 'failed', message: 'No.' } }, '$(error) Vitrine: stopped'],
    [
      'a name that would be an icon',
      { model: { name: '$(trash)\n', provider: 'cpu' } },
      '$(eye) $ (trash)\n · cpu · 1,042 tok',
    ],
  ])('tells %s', (_, change, text) => expect(statusText(facts(change), t)).toBe(text));
});

describe('the tooltip of a model on a server', () => {
  const address = { host: 'models.example:443', isEncrypted: true, isLoopback: false };
  const of = (change: Partial<ServerFacts>) =>
    serverParts(
      { address, model: { name: 'llama', kind: 'vLLM' }, isSending: false, lastSent: undefined, ...change },
      t,
    );

  it.each<[string, Partial<ServerFacts>, string]>([
    [
      'which one, and that texts go there encrypted',
      {},
      'the server ` models.example:443 ` (vLLM). What it reads is sent there: encrypted',
    ],
    [
      'where the address is on this machine',
      { address: { ...address, isLoopback: true } },
      'on this machine; where it is the end of a tunnel',
    ],
    ['where anybody could read them', { address: { ...address, isEncrypted: false } }, 'not encrypted'],
    ['that nothing was sent', {}, 'Nothing has been sent yet'],
    ['how much was sent last', { lastSent: { characters: 1234 } }, 'Last sent: 1,234 characters'],
    ['how much is on its way', { isSending: true, lastSent: { characters: 1 } }, 'On its way: 1 character'],
    ['how to leave', {}, '(command:vitrine.useLocalModel)'],
    ['a name that would be a link as it is', { model: { name: '[x](y)', kind: 'vLLM' } }, '` [x](y) `'],
  ])('says %s', (_, change, said) => expect(of(change).join('\n')).toContain(said));
});

describe('the legend', () => {
  const heat = {
    quantity: 'surprisal',
    read: { vocabSize: 49152 },
    colourFrom: 0,
    colourComments: true,
    ground: 'dark',
  } as const;
  const attention = { query: '·ate', head: 'head 18.6', largest: 0.62, masked: 0.31, ground: 'dark' } as const;
  const withoutSwatches = (lines: string[]) => lines.map((line) => line.replace(/<span.*<\/span>/, '…'));

  it.each([
    [
      'names what settings leave bare',
      { colourFrom: 10, colourComments: false },
      ['vitrine.colourFrom', 'vitrine.colourComments'],
    ],
    ['names no setting that leaves nothing bare', {}, []],
  ])('of heat %s', (_, change, settings) => {
    const lines = heatLegend({ ...heat, ...change }, t).join('\n');
    expect(lines.match(/vitrine\.\w+/g) ?? []).toEqual(settings);
  });

  const named = { vocabSize: 49152, named: 5, isEntropyBound: true } as const;
  it.each([
    ['ranks that are all known', 'surprisal', named, ['**Surprisal** 0 bits … ≥ 16 bits', 'solid beyond.']],
    [
      'ranks up to five',
      'rank',
      { ...named, rankLimit: 5 },
      ['**Rank** 1 … > 5', 'double beyond: the server names only the 5'],
    ],
    ['no ranks', 'surprisal', { ...named, rankLimit: 0 }, ['', 'does not tell the ranks']],
    [
      'entropies that are bounds',
      'entropy',
      named,
      ['**Entropy** 0 bits … 15.6 bits', 'names only the 5 most probable tokens: each entropy is this, or more.'],
    ],
    [
      'a text in windows',
      'entropy',
      { vocabSize: 49152, windowTokens: 2000 },
      ['', 'a token has at least 1,000 before it'],
    ],
  ] as const)('of heat of a server tells %s', (_, quantity, read, [scale, note]) => {
    const lines = withoutSwatches(heatLegend({ ...heat, quantity, read }, t));
    expect(lines).toHaveLength(2);
    expect(lines[0]).toContain(scale);
    expect(lines[1]).toContain(note);
  });

  it('of attention says whose it is, its strongest weight, and what is not shown', () => {
    expect(withoutSwatches(attentionLegend(attention, t))).toEqual([
      '**Attention** 0 % … 62 %',
      'How much ` ·ate `, in the frame, takes from each token before it: head 18.6',
      'The first token takes 31 %, which is not shown: ` vitrine.maskSink `',
    ]);
    expect(attentionLegend({ ...attention, masked: 0 }, t)).toHaveLength(2);
  });
});

describe('the short name of a model', () => {
  it.each([
    ['SmolLM2-135M-Instruct', 'SmolLM2 135M'],
    ['SmolLM2-135M-Instruct + poet', 'SmolLM2 135M + poet'],
    ['SmolLM2-135M-Instruct (approximate, 8 bits)', 'SmolLM2 135M (approximate, 8 bits)'],
    ['SmolLM2-135M', 'SmolLM2-135M'],
    ['SmolLM2-135M-Instruct-poet', 'SmolLM2-135M-Instruct-poet'],
    ['Qwen3-0.6B-Instruct', 'Qwen3-0.6B-Instruct'],
    ['support-chat', 'support-chat'],
    ['Qwen2.5 0.5B Instruct', 'Qwen2.5 0.5B Instruct'],
    ['qwen2-math:1.5b-instruct', 'qwen2-math:1.5b-instruct'],
  ])('of %s', (name, short) => expect(shortModelName(name)).toBe(short));
});
