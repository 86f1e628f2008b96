import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { Engine } from '../../src/engine/engine';
import { VitrineError } from '../../src/shared/errors';
import { largestDifference } from '../support/compare';
import { temporaryFolder } from '../support/temporary-folder';
import { writeSafetensors, zeros } from '../support/write-safetensors';

/* A tuned lens as the library of that name keeps it, with what PyTorch reads through it: test/fixtures/tuned-lens/make.py. */

const FIXTURES = fileURLToPath(new URL('../fixtures/', import.meta.url));
const golden = JSON.parse(readFileSync(`${FIXTURES}tuned-lens/golden.json`, 'utf8')) as {
  ids: number[];
  layers: { next: number[]; best: number[] }[];
};

/** A model with the lens beside it, in a folder of its own. */
function modelWithLens(place: 'in the folder' | 'beside the GGUF file'): { model: string; lens: string } {
  const folder = temporaryFolder();
  const source = `${FIXTURES}architectures/qwen2-window/`;
  const isFolder = place === 'in the folder';
  const model = join(folder, isFolder ? 'hf' : 'tiny.gguf');
  const lens = isFolder ? join(model, 'tuned-lens') : join(folder, 'tiny.tuned-lens');
  cpSync(isFolder ? `${source}hf` : `${source}model.gguf`, model, { recursive: true });
  cpSync(`${FIXTURES}tuned-lens/tuned-lens`, lens, { recursive: true });
  return { model, lens };
}

async function loaded(path: string) {
  const engine = new Engine({ progress() {} });
  const cache = { folder: temporaryFolder(), limitBytes: 1e9 };
  const request = { task: 1, path, provider: 'cpu', threads: 1, cache, weights: 'auto', allowLarge: false } as const;
  const info = await engine.answer('load', request);
  return { engine, info };
}

describe('the tuned lens', () => {
  test.each(['in the folder', 'beside the GGUF file'] as const)(
    '%s of a model reads what PyTorch reads',
    async (place) => {
      const { engine, info } = await loaded(modelWithLens(place).model);
      expect(info.tunedLens).toBe('tiny/qwen2-window');
      const run = { task: 2, ids: golden.ids, headMask: [], hidden: [], patches: [] };
      const { trace } = await engine.answer('forwardTokens', run);
      const asked = { trace, from: 0, to: golden.ids.length, topK: 1 };
      const tuned = await engine.answer('logitLens', { ...asked, tuned: true });
      const plain = await engine.answer('logitLens', { ...asked, tuned: false });
      const of = (values: Float32Array, layer: number) =>
        values.subarray(layer * golden.ids.length, (layer + 1) * golden.ids.length - 1);
      for (const [layer, { next, best }] of golden.layers.entries()) {
        if (place === 'in the folder') {
          expect(largestDifference(of(tuned.nextLogprob, layer), next)).toBeLessThan(1e-4);
          expect([...tuned.topIds].slice(layer * best.length, (layer + 1) * best.length)).toEqual(best);
        }
        expect(largestDifference(of(tuned.nextLogprob, layer), of(plain.nextLogprob, layer))).toBeGreaterThan(1e-2);
      }
      // What leaves the last layer is what the model says, whatever the lens.
      expect(of(tuned.nextLogprob, golden.layers.length)).toEqual(of(plain.nextLogprob, golden.layers.length));
    },
  );

  test.each([
    ['pickled', (lens: string) => writeFileSync(join(lens, 'params.pt'), 'PK'), /pickled Python object.*save_file/],
    [
      'of another model',
      (lens: string) => writeFileSync(join(lens, 'params.safetensors'), writeSafetensors({ '0.weight': zeros(8, 8) })),
      /made for another model: its tensor 0.weight is 8 x 8 and should be/,
    ],
  ])('that is %s costs nobody the model, and is told', async (_what, spoil, sentence) => {
    const { model, lens } = modelWithLens('in the folder');
    rmSync(join(lens, 'params.safetensors'));
    spoil(lens);
    const { engine, info } = await loaded(model);
    expect(info.tunedLens).toBeUndefined();
    expect(new VitrineError('', info.notes.at(-1) ?? '').message).toMatch(sentence);
    const { trace } = await engine.answer('forwardTokens', {
      task: 2,
      ids: [71],
      headMask: [],
      hidden: [],
      patches: [],
    });
    const asked = engine.answer('logitLens', { trace, from: 0, to: 1, topK: 1, tuned: true });
    await expect(asked).rejects.toThrow('There is no tuned lens beside this model.');
  });
});
