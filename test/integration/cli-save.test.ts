import { closeSync, existsSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { inspectJson, vitrine } from '../support/command-line';
import { llamaFixture } from '../support/llama-fixtures';
import { readArrays } from '../support/read-arrays';
import { startServing } from '../support/serve';
import { temporaryFolder } from '../support/temporary-folder';

const MODEL = ['--model', llamaFixture('grouped')];
const TEXT = 'the mouse ate the mouse';
const inFolder = () => join(temporaryFolder(), 'out.safetensors');

it('saves the numbers of the JSON as arrays, and what they come from', async () => {
  const path = inFolder();
  const options = [...MODEL, '--attention', '1.2', '--ablate', '0.1', '--select', '4:13', '--top', '2'];
  const json = await inspectJson(TEXT, ...options, '--heads', '--save', path, '--residuals', '0,2');
  const { arrays, metadata } = readArrays(path);
  const { tokens } = json;
  const first = tokens.length > 0 ? Number(metadata.from) : Number.NaN;
  expect(arrays.id).toEqual({ shape: [tokens.length], values: tokens.map(({ id }) => id) });
  expect(arrays.rank?.values).toEqual(tokens.map(({ rank }) => rank));
  expect(arrays.logprob?.values.map((value) => Number(value.toPrecision(9)))).toEqual(
    tokens.map(({ logprob }) => logprob),
  );
  expect(arrays['top.id']).toEqual({
    shape: [tokens.length, 2],
    values: tokens.flatMap(({ top }) => top.map(({ id }) => id)),
  });
  const pattern = json.attention?.[0]?.pattern ?? [];
  expect(arrays['attention.1.2']?.shape).toEqual([tokens.length, first + tokens.length]);
  expect(arrays['attention.1.2']?.values.map((value) => Number(value.toPrecision(9)))).toEqual(pattern.flat());
  expect(arrays['heads.previous']?.values).toEqual(json.heads?.map(({ previous }) => Math.fround(previous ?? NaN)));
  expect(Object.keys(arrays).filter((name) => name.startsWith('residual'))).toEqual(['residual.0', 'residual.2']);
  const { vitrine: version, model, sha256, ablated } = json.provenance;
  const interventions = JSON.stringify({ ablated });
  expect(metadata).toMatchObject({ vitrine: version, model, sha256, interventions, text: TEXT });
  expect(JSON.parse(metadata.tokens ?? '')).toEqual(tokens.map(({ text }) => text));
});

it('saves residual streams of all layers, as serve gives them', async () => {
  const path = inFolder();
  await vitrine(['inspect', TEXT, ...MODEL, '--save', path, '--residuals', 'all']);
  const { arrays } = readArrays(path);
  const serving = startServing(...MODEL);
  const { result: model } = await serving.ask('model');
  const { result: read } = await serving.ask('forward', { text: TEXT });
  const range = { trace: read.trace, from: 0, to: read.ids.length };
  for (const layer of [0, model.numHiddenLayers]) {
    const { result } = await serving.ask('residual', { ...range, layer });
    const saved = arrays[`residual.${layer}`];
    expect(saved?.shape).toEqual([read.ids.length, model.hiddenSize]);
    expect(saved?.values.map((value) => Number(value.toPrecision(9)))).toEqual(result.flat());
  }
  expect(arrays[`residual.${model.numHiddenLayers + 1}`]).toBeUndefined();
});

it('writes over its own files, and over others only where it is told to', async () => {
  const path = inFolder();
  const save = ['inspect', TEXT, ...MODEL, '--save', path];
  expect((await vitrine(save)).code).toBe(0);
  expect((await vitrine(save)).code).toBe(0);
  writeFileSync(path, 'Dear reader');
  const { code, stderr } = await vitrine(save);
  expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringMatching(/no file of arrays .*--force/) });
  expect(readFileSync(path, 'utf8')).toBe('Dear reader');
  expect((await vitrine([...save, '--force'])).code).toBe(0);
  expect(readArrays(path).metadata.text).toBe(TEXT);
});

it('does not write over the model, whatever it is told', async () => {
  const { code, stderr } = await vitrine(['inspect', TEXT, ...MODEL, '--save', MODEL[1] ?? '', '--force']);
  expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringMatching(/^--save would write over/) });
});

it.runIf(existsSync('/dev/full'))('says in a sentence that the disk is full', async () => {
  closeSync(openSync('/dev/full', 'w'));
  const { code, stdout, stderr } = await vitrine(['inspect', TEXT, ...MODEL, '--save', '/dev/full', '--force']);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(/^\/dev\/full could not be written: the disk is full\. .*\n$/);
});

it.each([
  [['--residuals', '1'], 2, /belongs to --save/],
  [['--save', 'never.safetensors', '--residuals', '3-1'], 2, /such as 0,10-12, or all/],
  [['--save', 'never.safetensors', '--residuals', '99'], 2, /no residual stream 99/],
])('refuses %j', async (options, exitCode, sentence) => {
  const { code, stdout, stderr } = await vitrine(['inspect', TEXT, ...MODEL, ...options]);
  expect({ code, stdout }).toEqual({ code: exitCode, stdout: '' });
  expect(stderr).toMatch(sentence);
});
