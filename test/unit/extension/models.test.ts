import { chmodSync, cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { reasonText } from '../../../src/display/sentences';
import { findModels } from '../../../src/extension/found-models/find-models';
import { modelPlaces, placeBeside } from '../../../src/extension/found-models/model-places';
import { fileOfOllama } from '../../../src/extension/found-models/ollama';
import { reportOn } from '../../../src/extension/found-models/reports';
import { messageOf } from '../../../src/shared/errors';
import { temporaryFolder } from '../../support/temporary-folder';
import { tinyLlama } from '../../support/tiny-llama';

const GGUF = 'GGUF and what follows';

function write(folder: string, path: string, content: string | Uint8Array): string {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
}

/** The superuser may read everything. */
async function withoutPrivileges<T>(work: () => Promise<T>): Promise<T> {
  if (process.getuid?.() !== 0) return work();
  process.seteuid?.('nobody');
  try {
    return await work();
  } finally {
    process.seteuid?.('root');
  }
}

describe('models on this machine', () => {
  it('are the GGUF files of a folder, each once, with no second parts, projectors or files that only look like one', async () => {
    const folder = temporaryFolder();
    const blob = write(folder, 'models--o--m/blobs/1234', GGUF);
    for (const revision of ['one', 'two']) {
      mkdirSync(join(folder, 'models--o--m/snapshots', revision), { recursive: true });
      symlinkSync(blob, join(folder, 'models--o--m/snapshots', revision, 'small.Q4_0.gguf'));
    }
    write(folder, 'publisher/big/big-00001-of-00002.gguf', GGUF);
    write(folder, 'publisher/big/big-00002-of-00002.gguf', GGUF);
    write(folder, 'publisher/big/mmproj-model.gguf', GGUF);
    write(folder, 'publisher/page.gguf', '<html>');
    write(folder, 'notes.txt', GGUF);
    const { models: found } = await findModels([{ name: 'Here', folder, layout: 'files' }]);
    expect(found.map(({ name }) => name).sort()).toEqual(['big', 'small.Q4_0']);
    expect(found.find(({ name }) => name === 'small.Q4_0')).toMatchObject({ bytes: GGUF.length, place: 'Here' });
  });

  it('are told apart by their folders where they share a name', async () => {
    const folder = temporaryFolder();
    const paths = [
      write(folder, 'models--o--m/snapshots/1234/model.gguf', GGUF),
      write(folder, 'models--o--other/snapshots/5678/model.gguf', GGUF),
      write(folder, 'publisher/model.gguf', GGUF),
      write(folder, 'publisher/single.gguf', GGUF),
    ];
    const { models: found } = await findModels([{ name: 'Here', folder, layout: 'files' }]);
    expect(new Map(found.map(({ setting, name }) => [setting, name]))).toEqual(
      new Map(paths.map((path, index) => [path, ['o/m/model', 'o/other/model', 'publisher/model', 'single'][index]])),
    );
  });

  it('say why they cannot be opened, by their headers', async () => {
    const folder = temporaryFolder();
    const files = {
      'good.gguf': tinyLlama(),
      'architecture.gguf': tinyLlama({ metadata: { 'general.architecture': 'next-year' } }),
      'part.gguf': tinyLlama({ metadata: { 'split.count': 3 } }),
      'setting.gguf': tinyLlama({ metadata: { 'llama.attention.clamp_kqv': 8 } }),
      'experts.gguf': tinyLlama({ metadata: { 'llama.expert_count': 8 } }),
      'tensor.gguf': tinyLlama({ shapes: { 'blk.1.attn_q.weight': undefined } }),
      'rule.gguf': tinyLlama({ metadata: { 'tokenizer.ggml.pre': 'unheard-of' } }),
      'cut.gguf': tinyLlama().subarray(0, 200),
    };
    for (const [name, content] of Object.entries(files)) write(folder, name, content);
    const { models } = await findModels([{ name: 'Here', folder, layout: 'files' }]);
    const reports = await Promise.all(
      models.map(async (model) => [model.name, await reportOn(model, 'auto')] as const),
    );
    const refused = reports.filter(([, { refusal }]) => refusal !== undefined);
    expect(Object.fromEntries(reports)).toMatchObject({ architecture: { summary: { architecture: 'next-year' } } });
    expect(Object.fromEntries(refused.map(([name, { refusal }]) => [name, messageOf(refusal)]))).toEqual({
      architecture: expect.stringContaining("does not know the architecture 'next-year'"),
      part: expect.stringContaining('is one of 3 parts of a model'),
      setting: expect.stringContaining('llama.attention.clamp_kqv'),
      experts: expect.stringContaining('llama.expert_used_count'),
      tensor: expect.stringContaining('it has no tensor blk.1.attn_q.weight'),
      rule: expect.stringContaining('"unheard-of"'),
      cut: expect.stringContaining('is damaged'),
    });
  });

  it("are named by Ollama's manifests, of which damaged ones are left out", async () => {
    const folder = temporaryFolder();
    const path = write(folder, 'blobs/sha256-abc', GGUF);
    const layer = { mediaType: 'application/vnd.ollama.image.model', digest: 'sha256:abc' };
    const library = 'manifests/registry.ollama.ai/library';
    write(
      folder,
      `${library}/llama3/8b`,
      JSON.stringify({ layers: [{ mediaType: 'other', digest: 'sha256:1' }, layer] }),
    );
    write(folder, `${library}/broken/latest`, '{');
    write(folder, `${library}/gone/latest`, JSON.stringify({ layers: [{ ...layer, digest: 'sha256:def' }] }));
    write(folder, `${library}/outside/latest`, JSON.stringify({ layers: [{ ...layer, digest: '../../secret' }] }));
    const { models: found } = await findModels([{ name: 'Ollama', folder, layout: 'ollama' }]);
    expect(found).toEqual([
      {
        name: 'llama3:8b',
        path,
        setting: 'ollama:llama3:8b',
        bytes: GGUF.length,
        written: expect.any(Number),
        place: 'Ollama',
      },
    ]);
  });

  it('of Ollama are there under each of their names, and told of where their file has gone or is not the whole model', async () => {
    const folder = temporaryFolder();
    write(folder, 'blobs/sha256-abc', GGUF);
    const layer = (digest: string, kind = 'model') => ({ mediaType: `application/vnd.ollama.image.${kind}`, digest });
    const manifests = {
      'library/llama3/8b': [layer('sha256:abc')],
      'library/llama3/latest': [layer('sha256:abc'), layer('sha256:1', 'system')],
      'me/tuned/latest': [layer('sha256:abc'), layer('sha256:ada', 'adapter')],
      'library/gone/7b': [layer('sha256:def')],
    };
    for (const [path, layers] of Object.entries(manifests))
      write(folder, `manifests/registry.ollama.ai/${path}`, JSON.stringify({ layers }));
    const place = { name: 'Ollama', folder, layout: 'ollama' } as const;
    const { models, unreadable } = await findModels([place]);
    expect(models.map(({ name }) => name)).toEqual(['llama3:8b', 'llama3:latest']);
    const adapter = join(folder, 'blobs/sha256-ada');
    expect(new Map(unreadable.map(({ name, error }) => [name, messageOf(error)]))).toEqual(
      new Map([
        ['gone:7b', 'Ollama lists gone:7b, but its file is not there: ollama pull gone:7b gets it again.'],
        ['me/tuned:latest', expect.stringContaining(`${adapter} as its adapter`)],
      ]),
    );
    expect(() => fileOfOllama('me/tuned', [place])).toThrow(adapter);
    expect(() => fileOfOllama('gone:7b', [place])).toThrow('ollama pull gone:7b');
  });

  it.each([
    ['llama3:8b', 'registry.ollama.ai/library/llama3/8b'],
    ['me/llama3:8b', 'registry.ollama.ai/me/llama3/8b'],
    ['hf.co/owner/model-GGUF:Q4_K_M', 'hf.co/owner/model-GGUF/Q4_K_M'],
  ])("have Ollama's name %s, by which the setting finds the file again after an update", async (name, manifest) => {
    const folder = temporaryFolder();
    const place = { name: 'Ollama', folder, layout: 'ollama' } as const;
    for (const digest of ['abc', 'def']) {
      const path = write(folder, `blobs/sha256-${digest}`, GGUF);
      const layer = { mediaType: 'application/vnd.ollama.image.model', digest: `sha256:${digest}` };
      write(folder, `manifests/${manifest}`, JSON.stringify({ layers: [layer] }));
      expect((await findModels([place])).models).toMatchObject([{ name, path, setting: `ollama:${name}` }]);
      expect(fileOfOllama(name, [place])).toBe(path);
    }
  });

  it('are told of with the reason where they, or their folders, may not be read', async () => {
    const folder = temporaryFolder();
    const layers = [{ mediaType: 'application/vnd.ollama.image.model', digest: 'sha256:abc' }];
    const kept = {
      file: write(folder, 'files/kept.gguf', GGUF),
      blob: write(folder, 'ollama/blobs/sha256-abc', GGUF),
      manifest: write(folder, 'ollama/manifests/registry.ollama.ai/library/kept/latest', '{}'),
      folder: dirname(write(folder, 'files/kept/in.gguf', GGUF)),
    };
    write(folder, 'ollama/manifests/registry.ollama.ai/library/blob/1b', JSON.stringify({ layers }));
    write(folder, 'files/open.gguf', GGUF);
    chmodSync(folder, 0o755);
    for (const path of Object.values(kept)) chmodSync(path, 0);
    const places = [
      { name: 'Here', folder: join(folder, 'files'), layout: 'files' },
      { name: 'Ollama', folder: join(folder, 'ollama'), layout: 'ollama' },
    ] as const;
    const { models, unreadable } = await withoutPrivileges(() => findModels(places));
    expect(models.map(({ name }) => name)).toEqual(['open']);
    const told = unreadable.map(({ name, place, path, error }) => [name, place, path, reasonText(error)]);
    const reason = 'you have no permission';
    expect(told.sort()).toEqual(
      [
        ['kept', 'Here', kept.file, reason],
        [kept.folder, 'Here', kept.folder, reason],
        ['blob:1b', 'Ollama', kept.blob, reason],
        ['kept:latest', 'Ollama', kept.manifest, reason],
      ].sort(),
    );
    await withoutPrivileges(async () => expect(() => fileOfOllama('kept', places)).toThrow(reason));
  });

  it('are missed by name where Ollama has them no more', () => {
    const place = { name: 'Ollama', folder: temporaryFolder(), layout: 'ollama' } as const;
    expect(() => fileOfOllama('llama3', [place])).toThrow('Ollama has no model llama3 on this machine');
  });

  it('are none in places that are not there', async () => {
    const found = await findModels([{ name: 'Nowhere', folder: '/no/such/folder', layout: 'files' }]);
    expect(found).toEqual({ models: [], unreadable: [] });
  });
});

/** A folder with what makes it one of a model, from outside. */
function writeFolder(place: string, path: string): string {
  write(place, `${path}/config.json`, '{}');
  return dirname(write(place, `${path}/model.safetensors`, GGUF));
}

describe('Hugging Face folders on this machine', () => {
  const find = async (folder: string) => (await findModels([{ name: 'Here', folder, layout: 'files' }])).models;

  it('are those with weights, also pickled ones, which are refused with the reason', async () => {
    const folder = temporaryFolder();
    const tuned = writeFolder(folder, 'tuned');
    write(folder, 'pickled/config.json', '{ "model_type": "llama" }');
    write(folder, 'pickled/pytorch_model.bin', 'zip');
    write(folder, 'tokenizer-only/config.json', '{}');
    write(folder, 'tokenizer-only/tokenizer.json', '{}');
    write(folder, 'adapter/adapter_config.json', '{}');
    write(folder, 'picture/unet/config.json', '{}');
    write(folder, 'picture/unet/diffusion_pytorch_model.safetensors', GGUF);
    const found = await find(folder);
    expect(found.map(({ name }) => name)).toEqual(['pickled', 'tuned']);
    expect(found[1]).toMatchObject({ path: tuned, setting: tuned, bytes: GGUF.length });
    const { refusal } = await reportOn(found[0] as (typeof found)[0], 'auto');
    expect(messageOf(refusal)).toContain('can run any code');
  });

  it('in a snapshot of the cache are named by their repository, and refused for what they are', async () => {
    const folder = temporaryFolder();
    const path = 'models--maker--pictures/snapshots/aaa/text_encoder';
    cpSync('test/fixtures/architectures/gpt2-options/hf', join(folder, path), { recursive: true });
    const config = { model_type: 'clip_text_model', architectures: ['CLIPTextModel'] };
    write(folder, `${path}/config.json`, JSON.stringify(config));
    const [model] = await find(folder);
    expect(model?.name).toBe('pictures/text_encoder');
    const { refusal } = await reportOn(model as NonNullable<typeof model>, 'auto');
    expect(messageOf(refusal)).toContain('it is no model of language');
  });

  it('of the cache are listed once, by their repository, at the state that main names', async () => {
    const folder = temporaryFolder();
    const repository = 'models--maker--small';
    for (const commit of ['aaa', 'bbb']) writeFolder(folder, `${repository}/snapshots/${commit}`);
    write(folder, `${repository}/refs/main`, 'bbb');
    const [model, ...others] = await find(folder);
    expect(others).toEqual([]);
    expect(model).toMatchObject({
      name: 'small',
      path: join(folder, repository, 'snapshots/bbb'),
      setting: join(folder, repository),
    });
  });

  it('of the cache have the names of their revisions where these are not main', async () => {
    const folder = temporaryFolder();
    for (const path of [
      'models--a--b/snapshots/main1',
      'models--a--b/snapshots/step5',
      'models--gpt/snapshots/abcdefghi',
    ])
      writeFolder(folder, path);
    write(folder, 'models--a--b/refs/main', 'main1');
    write(folder, 'models--a--b/refs/step5000', 'step5\n');
    expect((await find(folder)).map(({ name }) => name)).toEqual(['b', 'b@step5000', 'gpt@abcdefg']);
  });

  it('are looked for beside the one that is chosen, but no deeper than beside it', async () => {
    const folder = temporaryFolder();
    const chosen = writeFolder(folder, 'mine/tuned');
    writeFolder(folder, 'mine/base');
    writeFolder(folder, 'mine/elsewhere/deeper');
    writeFolder(folder, 'above');
    const { models } = await findModels([placeBeside(chosen)]);
    expect(models.map(({ name, place }) => `${place}: ${name}`)).toEqual(['mine: base', 'mine: tuned']);
  });

  it('that a training has saved on its way are named with it, and stand beside its base', async () => {
    const folder = temporaryFolder();
    writeFolder(folder, 'mine/base');
    const first = writeFolder(folder, 'mine/poet/checkpoint-500');
    const last = writeFolder(folder, 'mine/poet/checkpoint-1000');
    writeFolder(folder, 'mine/poet/checkpoint-1000/deeper');
    for (const chosen of [first, last, join(folder, 'mine/base')]) {
      const { models } = await findModels([placeBeside(chosen)]);
      expect(models.map(({ name, place }) => `${place}: ${name}`)).toEqual([
        'mine: base',
        'mine: poet/checkpoint-1000',
        'mine: poet/checkpoint-500',
      ]);
    }
  });
});

describe('what is reported of a model', () => {
  it.each([
    ['a file', 'tiny.gguf', { architecture: 'llama', types: ['F32'] }],
    ['a folder', 'tiny', { architecture: 'llama', format: 'huggingFace' }],
  ])('says of %s what it is, how large, and what memory it takes', async (_, name, summary) => {
    const folder = temporaryFolder();
    write(folder, 'tiny.gguf', tinyLlama());
    cpSync('test/fixtures/architectures/llama-biases/hf', join(folder, 'tiny'), { recursive: true });
    const { models } = await findModels([{ name: 'Here', folder, layout: 'files' }]);
    const model = models.find(({ path }) => path === join(folder, name));
    const report = await reportOn(model as (typeof models)[0], 'auto');
    expect(report.refusal).toBeUndefined();
    expect(report.summary).toMatchObject(summary);
    expect(report.summary?.bytes).toBeGreaterThan(1000);
    expect(report.memoryBytes).toBeGreaterThan(report.summary?.bytes ?? 0);
  });
});

describe('where people keep models', () => {
  const folders = (env: NodeJS.ProcessEnv, platform: NodeJS.Platform) =>
    modelPlaces(env, platform, '/home/me').map(({ folder }) => folder.replaceAll('\\', '/'));

  it.each([
    ['by default', {}, 'linux', '/home/me/.cache/huggingface/hub'],
    ['with HF_HOME', { HF_HOME: '/hf' }, 'linux', '/hf/hub'],
    ['with HF_HUB_CACHE', { HF_HOME: '/hf', HF_HUB_CACHE: '/hub' }, 'linux', '/hub'],
    ['of Ollama', {}, 'linux', '/home/me/.ollama/models'],
    ['with OLLAMA_MODELS', { OLLAMA_MODELS: '/ollama' }, 'linux', '/ollama'],
    ['of LM Studio', {}, 'darwin', '/home/me/.lmstudio/models'],
    ['of LM Studio in former versions', {}, 'darwin', '/home/me/.cache/lm-studio/models'],
    ['of llama.cpp on a Mac', {}, 'darwin', '/home/me/Library/Caches/llama.cpp'],
    ['of llama.cpp with LLAMA_CACHE', { LLAMA_CACHE: '/llama' }, 'darwin', '/llama'],
  ] as const)('%s', (_, env, platform, folder) => expect(folders(env, platform)).toContain(folder));
});
