import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { openCheckpoint } from '../../../src/model/checkpoint/open';
import { compileModel } from '../../../src/model/compile';
import { temporaryFolder } from '../../support/temporary-folder';
import { type WritableArray, writeSafetensors } from '../../support/write-safetensors';

const TIED = fileURLToPath(new URL('../../fixtures/architectures/qwen2-padded/hf/', import.meta.url));
const EMBEDDING = 'model.embed_tokens.weight';

/* What a folder means whose config.json says that embedding and unembedding are one: `tie_weights` of transformers 5. */

/** The folder with an unembedding: the embedding's values, changed. */
function folderWithHead(change: (values: Float32Array, width: number) => void): string {
  const folder = temporaryFolder();
  cpSync(TIED, folder, { recursive: true });
  const checkpoint = openCheckpoint(TIED);
  const arrays: Record<string, WritableArray> = {};
  for (const [name, tensor] of checkpoint.tensors) {
    const shape = [...tensor.shape];
    arrays[name] = { dtype: 'F32', shape, data: tensor.rows(0, tensor.elementCount / (shape.at(-1) as number)) };
  }
  checkpoint.close();
  const { shape, data } = arrays[EMBEDDING] as WritableArray;
  const head = Float32Array.from(data as Float32Array);
  change(head, shape[1] as number);
  arrays['lm_head.weight'] = { dtype: 'F32', shape, data: head };
  rmSync(join(folder, 'model.safetensors'));
  writeFileSync(join(folder, 'model.safetensors'), writeSafetensors(arrays));
  return folder;
}

const compile = (folder: string) => compileModel(folder, { cache: { folder: temporaryFolder(), limitBytes: 1e9 } });

test('the same matrix twice is one', async () => {
  const { config, weights } = await compile(folderWithHead(() => {}));
  expect(config.tieWordEmbeddings).toBe(true);
  expect(weights.has('unembedding')).toBe(false);
});

test('one that was trained alone is read', async () => {
  const { config, weights } = await compile(folderWithHead((values) => values.set(values.map((value) => 2 * value))));
  expect(config.tieWordEmbeddings).toBe(false);
  expect(weights.has('unembedding')).toBe(true);
});

test('one of which a few rows were trained is not taken for the same', async () => {
  const folder = folderWithHead((values, width) => values.fill(0, 2 * width, 3 * width));
  await expect(compile(folder)).rejects.toMatchObject({ code: 'model.unsupported' });
  await expect(compile(folder)).rejects.toThrow(/"tie_word_embeddings": false/);
});

test('without an unembedding, and not tied, nothing is predicted', async () => {
  const folder = temporaryFolder();
  cpSync(TIED, folder, { recursive: true });
  const config = JSON.parse(readFileSync(join(TIED, 'config.json'), 'utf8'));
  writeFileSync(join(folder, 'config.json'), JSON.stringify({ ...config, tie_word_embeddings: false }));
  await expect(compile(folder)).rejects.toThrow('it has no tensor lm_head.weight');
});
