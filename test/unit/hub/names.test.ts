import { describe, expect, it } from 'vitest';
import { render } from '../../../src/display/sentences';
import { hubOf } from '../../../src/hub/hub';
import { licenceOf, licenceSentence } from '../../../src/hub/licence';
import { isSafePath, modelNameOf } from '../../../src/hub/names';
import { hubCacheFolder, tokenFile } from '../../../src/hub/places';

describe('the name of a model', () => {
  it.each([
    ['Qwen/Qwen3-0.6B-GGUF', 'Qwen/Qwen3-0.6B-GGUF', undefined],
    ['Qwen/Qwen3-0.6B-GGUF:Q8_0', 'Qwen/Qwen3-0.6B-GGUF', 'Q8_0'],
    ['a/b:folder/file.gguf', 'a/b', 'folder/file.gguf'],
    [' https://huggingface.co/google/gemma-3-270m ', 'google/gemma-3-270m', undefined],
  ])('%s', (text, repository, file) => expect(modelNameOf(text)).toEqual({ repository, file }));

  it.each([
    '',
    'gpt2',
    '../b',
    'a/..',
    'a/../..',
    '/a/b',
    'a/b/c',
    'a/b--c',
    'a/b.git',
    'a\\b/c',
    'a/b c',
    'a/b?x',
    'a/b:',
  ])('is not %j', (text) => expect(() => modelNameOf(text)).toThrow(expect.objectContaining({ code: 'hub.name' })));
});

describe('the path of a file', () => {
  it.each(['model.gguf', 'Q8_0/model-00001-of-00002.gguf', 'a.b/..c/d...e', 'ñandú/モデル.gguf'])('may be %s', (path) =>
    expect(isSafePath(path)).toBe(true),
  );
  it.each([
    '',
    '/etc/x',
    '../x',
    'a/../x',
    'a//x',
    './x',
    'a/',
    'C:x',
    'C:/x',
    '\\\\host\\x',
    'a\\..\\x',
    'NUL',
    'a/con.gguf',
    'x.',
    'x ',
    'a\0b',
    'a\nb',
    'a:b',
  ])('may not be %j', (path) => expect(isSafePath(path)).toBe(false));
});

describe('a licence', () => {
  const page = 'https://hub/maker/model';
  it.each([
    [{ license: 'apache-2.0' }, 'Licence: apache-2.0, https://hub/maker/model'],
    [{ license: 'gemma' }, 'Whoever uses it accepts the Gemma Terms of Use: https://ai.google.dev/gemma/terms'],
    [
      { license: 'llama3.2' },
      'Whoever uses it accepts the Llama 3.2 Community License: https://www.llama.com/llama3_2/license/',
    ],
    [{ license: 'other', license_name: 'qwen', license_link: 'https://q/L' }, 'Licence: qwen, https://q/L'],
    [{ license: 'other', license_link: 'javascript:alert(1)' }, 'Licence: other, https://hub/maker/model'],
    [{}, 'Its card names no licence: https://hub/maker/model'],
  ])('%j', (card, sentence) => expect(render(licenceSentence(licenceOf(card, page)))).toBe(sentence));
});

describe('the environment', () => {
  const folder = (env: NodeJS.ProcessEnv) => hubCacheFolder(env, '/home/me').replaceAll('\\', '/');
  it.each([
    [{}, '/home/me/.cache/huggingface/hub'],
    [{ XDG_CACHE_HOME: '/cache' }, '/cache/huggingface/hub'],
    [{ HF_HOME: '~/models' }, '/home/me/models/hub'],
    [{ HF_HOME: '/models', HF_HUB_CACHE: '/hub' }, '/hub'],
    [{ HF_HOME: '/models', HUGGINGFACE_HUB_CACHE: '/old' }, '/old'],
    [{ HF_HOME: '/models', HF_HUB_CACHE: '' }, '/models/hub'],
  ])('%j keeps models in %s', (env, expected) => expect(folder(env)).toBe(expected));

  it('says where the token is', () => {
    expect(tokenFile({ HF_HOME: '/models' }, '/home/me').replaceAll('\\', '/')).toBe('/models/token');
    expect(tokenFile({ HF_TOKEN_PATH: '/secret' }, '/home/me')).toBe('/secret');
  });

  it.each([
    [{ HF_ENDPOINT: 'ftp://hub' }, 'hub.endpoint'],
    [{ HF_ENDPOINT: 'mirror.example' }, 'hub.endpoint'],
    [{ HF_ENDPOINT: 'https://me:secret@hub' }, 'hub.endpoint'],
    [{ HF_TOKEN: 'hf_a\r\nX-Other: b' }, 'hub.token'],
    [{ HF_HUB_OFFLINE: '1' }, 'hub.offline'],
  ])('%j is refused', (env, code) => expect(hubOf({ fetch, env, home: '/no/such' })).rejects.toMatchObject({ code }));

  it('may name a mirror below a path', async () => {
    const hub = await hubOf({ fetch, env: { HF_ENDPOINT: 'https://mirror.example/hf/' }, home: '/no/such' });
    expect(hub).toMatchObject({ endpoint: 'https://mirror.example/hf', host: 'mirror.example', token: undefined });
  });
});
