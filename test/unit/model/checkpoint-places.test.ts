import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openCheckpoint } from '../../../src/model/checkpoint/open';
import { checkpointSummary } from '../../../src/model/checkpoint/summary';
import { CONFIG, huggingFaceFolder } from '../../support/hugging-face-folder';
import { temporaryFolder } from '../../support/temporary-folder';
import { writeSafetensors, zeros } from '../../support/write-safetensors';

const HASH = '0123456789abcdef0123456789abcdef01234567';

/** What opens at a path: its name and its tensors. */
function opened(path: string) {
  const checkpoint = openCheckpoint(path);
  checkpoint.close();
  return { name: checkpoint.name, tensors: [...checkpoint.tensors.keys()] };
}

/** A repository as Hugging Face's tools keep it: a revision's files are links to blobs. */
function cachedRepository(): string {
  const repository = join(temporaryFolder(), 'models--Qwen--Qwen2.5-0.5B');
  const snapshot = join(repository, 'snapshots', HASH);
  for (const folder of [snapshot, join(repository, 'blobs'), join(repository, 'refs')])
    mkdirSync(folder, { recursive: true });
  writeFileSync(join(repository, 'refs', 'main'), HASH);
  huggingFaceFolder({}, snapshot);
  for (const name of ['config.json', 'model.safetensors', 'tokenizer.json']) {
    renameSync(join(snapshot, name), join(repository, 'blobs', `blob-of-${name}`));
    symlinkSync(join('..', '..', 'blobs', `blob-of-${name}`), join(snapshot, name));
  }
  return repository;
}

describe('a Hugging Face model opens by any path that stands for it', () => {
  test.each(['', '/', '/config.json', '/model.safetensors', '/tokenizer.json'])('its folder%s', (rest) => {
    const folder = huggingFaceFolder();
    expect(opened(folder + rest)).toEqual({ name: basename(folder), tensors: ['model.norm.weight'] });
  });

  test('the only file of weights, whatever it is called, and a file of weights beside others', () => {
    const one = writeSafetensors({ one: zeros(1) });
    const alone = huggingFaceFolder({ 'model.safetensors': undefined, 'consolidated.safetensors': one });
    expect(opened(alone).tensors).toEqual(['one']);
    expect(opened(huggingFaceFolder({ 'consolidated.safetensors': one })).tensors).toEqual(['model.norm.weight']);
  });

  test('shards, by their index or by one of them', () => {
    const folder = huggingFaceFolder({
      'model.safetensors': undefined,
      'model.safetensors.index.json': { weight_map: { x: 'b.safetensors', y: 'a.safetensors' } },
      'a.safetensors': writeSafetensors({ y: zeros(1) }),
      'b.safetensors': writeSafetensors({ x: zeros(1) }),
    });
    for (const file of ['', 'model.safetensors.index.json', 'b.safetensors']) {
      expect(opened(join(folder, file)).tensors.sort()).toEqual(['x', 'y']);
    }
  });

  test.skipIf(process.platform === 'win32')('a repository of the cache, one of its revisions, a file of that', () => {
    const repository = cachedRepository();
    const snapshot = join(repository, 'snapshots', HASH);
    for (const path of [repository, snapshot, join(snapshot, 'config.json')]) {
      expect(opened(path)).toEqual({ name: 'Qwen2.5-0.5B', tensors: ['model.norm.weight'] });
    }
  });

  test.skipIf(process.platform === 'win32')(
    'a repository without its main revision is refused, and one that points elsewhere',
    () => {
      const repository = cachedRepository();
      writeFileSync(join(repository, 'refs', 'main'), '..');
      expect(() => openCheckpoint(repository)).toThrow(/no complete revision main/);
      rmSync(join(repository, 'refs'), { recursive: true });
      expect(() => openCheckpoint(repository)).toThrow(/no complete revision main/);
    },
  );
});

describe('what a folder says of its model', () => {
  function said(files: Parameters<typeof huggingFaceFolder>[0]) {
    const checkpoint = openCheckpoint(huggingFaceFolder(files));
    checkpoint.close();
    return checkpoint;
  }

  test('the configuration of the model of language wins over what stands around it, and null is nothing', () => {
    const { metadata, tensors } = said({
      'config.json': {
        model_type: 'gemma3',
        architectures: ['Gemma3ForConditionalGeneration'],
        hidden_size: 1,
        eos_token_id: [1, 106],
        rope_scaling: { factor: 8 },
        text_config: { model_type: 'gemma3_text', hidden_size: 2560, rope_scaling: null },
        vision_config: { hidden_size: 1152 },
      },
      'model.safetensors': writeSafetensors({
        'language_model.model.norm.weight': zeros(1),
        'language_model.lm_head.weight': zeros(1, 1),
        'model.language_model.layers.0.input_layernorm.weight': zeros(1),
        'vision_tower.vision_model.post_layernorm.weight': zeros(1),
        'multi_modal_projector.mm_soft_emb_norm.weight': zeros(1),
        'model.visual.merger.mlp.0.weight': zeros(1),
      }),
    });
    expect(metadata.architecture).toBe('gemma3_text');
    expect(metadata.get('hidden_size')).toBe(2560);
    expect(metadata.get('rope_scaling')).toBeUndefined();
    // That it is said to be null is another thing than that nothing is said.
    expect(metadata.keys).toContain('rope_scaling');
    expect([...tensors.keys()]).toEqual([
      'model.norm.weight',
      'lm_head.weight',
      'model.layers.0.input_layernorm.weight',
    ]);
  });

  test('a model that only reads keeps all its tensors', () => {
    const written = writeSafetensors({ 'visual.x': zeros(1), 'language_model.model.x': zeros(1) });
    expect([...said({ 'model.safetensors': written }).tensors.keys()]).toEqual(['visual.x', 'language_model.model.x']);
  });

  test('the outer architecture stands where the inner has none', () => {
    const config = { model_type: 'llava', text_config: { hidden_size: 4 } };
    expect(said({ 'config.json': config }).metadata.architecture).toBe('llava');
  });

  test.each([
    ['a number', { eos_token_id: 5 }, [2, 5]],
    ['a list', { eos_token_id: [5, 6] }, [2, 5, 6]],
    ['nothing that is an id', { eos_token_id: [-1, 0.5, 'x', null] }, [2]],
  ])('end tokens of generation_config.json, with those of config.json: %s', (_, generation, ids) => {
    expect([...said({ 'generation_config.json': generation }).endTokens].sort()).toEqual(ids);
  });

  test.each([
    ['none', '# A model', []],
    ['one', '---\nlicense: mit\nlanguage: es\n---\n', ['es']],
    ['a list in a line', '---\nlanguage: [en, "es"]\n---\n', ['en', 'es']],
    [
      'a list in lines',
      '---\r\nlanguage:\r\n- en\r\n  - es\r\n- multilingual\r\ntags:\r\n- gl\r\n---\r\n',
      ['en', 'es'],
    ],
    ['one that is no text', Buffer.concat([Buffer.from('---\nlanguage: es\n---\n'), Uint8Array.of(0xff)]), ['es']],
    ['below the first dashes only', '# A\n---\nlanguage: es\n---\n', []],
  ])('languages of its README: %s', (_, readme, languages) => {
    expect(said({ 'README.md': readme }).languages).toEqual(languages);
  });

  test('its name, of a folder that is called as many are', () => {
    const folder = join(temporaryFolder(), 'poet', 'checkpoint-500');
    expect(opened(huggingFaceFolder({}, folder)).name).toBe('poet/checkpoint-500');
  });

  test('its name, of a folder that is called by a hash only', () => {
    const config = { ...CONFIG, _name_or_path: '/home/me/mine\u001b[2J' };
    const folder = join(temporaryFolder(), HASH);
    mkdirSync(folder);
    expect(opened(huggingFaceFolder({ 'config.json': config }, folder)).name).toBe('mine[2J');
  });

  test('arrays of whole numbers are no weights', () => {
    const { tensors, buffers } = said({
      'model.safetensors': writeSafetensors({
        mask: { dtype: 'BOOL', shape: [2], data: Uint8Array.of(1, 0) },
        weight: zeros(2),
      }),
    });
    expect([...tensors.keys()]).toEqual(['weight']);
    expect([...buffers]).toEqual(['mask']);
  });
});

test('a summary tells weights, types and bytes', () => {
  const folder = huggingFaceFolder({
    'README.md': '---\nlanguage: es\n---\n',
    'model.safetensors': writeSafetensors({
      'h.0.attn.bias': zeros(1, 1, 8, 8),
      norm: zeros(4),
      embedding: zeros(2, 4),
      matrix: { dtype: 'BF16', shape: [4, 4], data: new Uint16Array(16) },
    }),
  });
  const opened = openCheckpoint(folder);
  const summary = checkpointSummary(opened);
  opened.close();
  expect(summary).toMatchObject({
    name: basename(folder),
    format: 'huggingFace',
    architecture: 'qwen2',
    languages: ['es'],
    parameters: 4 + 8 + 16,
    types: ['BF16', 'F32'],
  });
  expect(summary.bytes).toBeGreaterThan(4 * (64 + 4 + 8) + 2 * 16);
  const checkpoint = openCheckpoint('models/SmolLM2-135M-Instruct.Q4_1.gguf');
  expect(checkpointSummary(checkpoint)).toMatchObject({
    format: 'gguf',
    architecture: 'llama',
    parameters: 134_515_008,
    types: ['Q4_1', 'Q8_0'],
    fileType: 'Q4_1',
    languages: ['en'],
  });
  checkpoint.close();
});
