import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findModels } from '../../src/extension/found-models/find-models';
import { modelPlaces } from '../../src/extension/found-models/model-places';
import { temporaryFolder } from '../support/temporary-folder';

const GGUF = 'GGUF and what follows';

function write(folder: string, path: string, content: string): string {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
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
    const found = await findModels([{ name: 'Here', folder, layout: 'files' }]);
    expect(found.map(({ name }) => name).sort()).toEqual(['big-00001-of-00002', 'small.Q4_0']);
    expect(found.find(({ name }) => name === 'small.Q4_0')).toMatchObject({ bytes: GGUF.length, place: 'Here' });
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
    const found = await findModels([{ name: 'Ollama', folder, layout: 'ollama' }]);
    expect(found).toEqual([{ name: 'llama3:8b', path, bytes: GGUF.length, place: 'Ollama' }]);
  });

  it('are none in places that are not there', async () => {
    expect(await findModels([{ name: 'Nowhere', folder: '/no/such/folder', layout: 'files' }])).toEqual([]);
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
    ['of llama.cpp on a Mac', {}, 'darwin', '/home/me/Library/Caches/llama.cpp'],
    ['of llama.cpp with LLAMA_CACHE', { LLAMA_CACHE: '/llama' }, 'darwin', '/llama'],
  ] as const)('%s', (_, env, platform, folder) => expect(folders(env, platform)).toContain(folder));
});
