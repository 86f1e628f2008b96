import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { inspectJson, vitrine } from '../support/command-line';
import { llamaFixture } from '../support/llama-fixtures';
import { type Answer, startServing } from '../support/serve';

const MODEL = ['--model', llamaFixture('grouped')];
const TEXT = 'the mouse 🧀 the mouse';

it('answers with the numbers of inspect, arrays nested as they are shaped', async () => {
  const serving = startServing(...MODEL);
  const options = ['--attention', '1.2', '--heads', '--lens', '--top', '3', '--ablate', '0.1'];
  const expected = await inspectJson(TEXT, ...MODEL, ...options);
  const { result: model } = await serving.ask('model');
  expect(model.provenance).toEqual({ ...expected.provenance, ablated: [] });
  const headMask = [{ layer: 0, head: 1, value: 0 }];
  const { result: read } = await serving.ask('forward', { text: TEXT, headMask });
  expect(read.ids).toEqual(expected.tokens.map(({ id }) => id));
  expect(read.texts).toEqual(expected.tokens.map(({ text }) => text));
  const asked = { trace: read.trace, from: 0, to: read.ids.length };
  const { result: predictions } = await serving.ask('predictions', { ...asked, topK: 3 });
  expect(predictions.logprob).toEqual(expected.tokens.map(({ logprob }) => logprob));
  expect(predictions.topIdsAfter).toEqual(expected.tokens.map(({ top }) => top.map(({ id }) => id)));
  const { result: attention } = await serving.ask('attention', { trace: read.trace, layer: 1, head: 2 });
  expect(attention.maximum).toEqual(expected.attention?.[0]?.pattern);
  const { result: lens } = await serving.ask('logitLens', { ...asked, topK: 3 });
  expect(lens.topLogprobs).toEqual(
    expected.lens?.map(({ tokens }) => tokens.map(({ top }) => top.map(({ logprob }) => logprob))),
  );
  const { result: heads } = await serving.ask('heads', { trace: read.trace });
  expect(heads).toEqual(expected.heads);
  const { result: rows } = await serving.ask('attentionOfQuery', { trace: read.trace, query: 2, layer: 1, head: 2 });
  expect(rows).toEqual([[attention.maximum[2].slice(0, 3).map((weight: number) => expect.closeTo(weight, 5))]]);
  const { result: residual } = await serving.ask('residual', { trace: read.trace, layer: 0, from: 1, to: 3 });
  expect(residual.map((row: number[]) => row.length)).toEqual([model.hiddenSize, model.hiddenSize]);
  const steeredBy = async (value: number | null, rows: number, columns: number) => {
    const steering = Array.from({ length: rows }, () => Array.from({ length: columns }, () => value));
    return (await serving.ask('score', { ids: read.ids, headMask, steering })).error?.code;
  };
  const { numHiddenLayers, hiddenSize } = model;
  expect(await steeredBy(0, numHiddenLayers, hiddenSize)).toBeUndefined();
  expect(await steeredBy(null, numHiddenLayers, hiddenSize)).toBe('request.steering');
  expect(await steeredBy(0, hiddenSize, numHiddenLayers)).toBe('request.steering');
  const { result: tokens } = await serving.ask('tokens', { text: TEXT });
  expect(tokens).toMatchObject({ texts: read.texts, starts: read.starts });
  expect((await serving.end()).code).toBe(0);
});

it('answers what is no request in its place, and all that was asked before the input ends', async () => {
  const input = [
    '{"id": 1, "method": "tokens", "params": {"text": "the"}}',
    '',
    '{bad',
    '{"id": "b", "params": {}}',
    '{"id": 3, "method": "load"}',
    '{"id": 4, "method": "heads", "params": {"trace": 0}}',
    '{"id": 5, "method": "forward", "params": {"text": 7}}',
    '{"id": 6, "method": "cancel", "params": {"id": 5.5}}',
    '{"id": 7, "method": "forward", "params": {"text": "the", "headMask": [{"layer": 0, "head": 0, "value": NaN}]}}',
    '{"id": 8, "method": "forw',
  ].join('\n');
  const { code, stdout, stderr } = await vitrine(['serve', ...MODEL], { input });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const answers: Answer[] = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  const found = (id: unknown) => answers.filter((answer) => answer.id === id).map(({ error }) => error?.code);
  expect(found(1)).toEqual([undefined]);
  expect([null, 7, 8].map(found)).toEqual(Array(3).fill(['serve.request']));
  expect(['b', 3, 4, 5].map(found)).toEqual([['serve.request'], ['serve.method'], ['trace.gone'], ['request.invalid']]);
  expect(answers.find(({ id }) => id === 6)?.result).toBe(false);
  expect(answers).toHaveLength(9);
});

it('cancels a request by its id, and goes on', async () => {
  const serving = startServing(...MODEL);
  const { result } = await serving.ask('forward', { text: TEXT });
  const long = { trace: result.trace, count: 200, sampling: { temperature: 5 } };
  const line = (id: string, method: string, params: object) => `${JSON.stringify({ id, method, params })}\n`;
  const both = [
    await serving.send(line('long', 'continuation', long) + line('stop', 'cancel', { id: 'long' })),
    await serving.next(),
  ];
  expect(both.find(({ id }) => id === 'stop')?.result).toBe(true);
  expect(both.find(({ id }) => id === 'long')?.error?.code).toBe('task.cancelled');
  expect((await serving.ask('heads', { trace: result.trace })).error).toBeUndefined();
  const twice = line('a', 'continuation', long) + line('a', 'continuation', long);
  expect((await serving.send(twice)).error?.code).toBe('serve.id');
});

it('says in a sentence that there is no such model, and asks for none', async () => {
  const { code, stdout, stderr } = await vitrine(['serve', '--model', '/no/such/model.gguf'], { input: '{}\n' });
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(/^There is no file .*\n$/);
});

describe.runIf(existsSync('/proc/self/task'))('leaves nothing running', () => {
  const engineOf = (pid: number) => Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ')[0]);

  it('after Ctrl-C while it waits', async () => {
    const serving = startServing(...MODEL);
    await serving.ask('model');
    const engine = engineOf(serving.pid);
    process.kill(serving.pid, 'SIGINT');
    expect(await serving.done).toMatchObject({ code: 130, stderr: '' });
    await expect.poll(() => existsSync(`/proc/${engine}/cwd`)).toBe(false);
  });

  it('after its engine is killed: an answer, a sentence and exit code 1', async () => {
    const serving = startServing(...MODEL);
    await serving.ask('model');
    process.kill(engineOf(serving.pid), 'SIGKILL');
    expect((await serving.ask('forward', { text: TEXT })).error?.code).toBe('engine.died');
    expect(await serving.done).toMatchObject({ code: 1, stderr: expect.stringMatching(/^The engine stopped.*\n$/) });
  });
});
