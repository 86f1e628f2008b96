import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openCheckpoint } from '../../../src/model/checkpoint/open';
import { atOnce } from '../../../src/tokenizer/slices';
import { CONFIG, type Files, huggingFaceFolder } from '../../support/hugging-face-folder';
import { temporaryFolder } from '../../support/temporary-folder';
import { writeSafetensors, zeros } from '../../support/write-safetensors';

const INDEX = 'model.safetensors.index.json';
const tensor = writeSafetensors({ x: zeros(4) });
const index = (map: object): Files => ({ 'model.safetensors': undefined, [INDEX]: { weight_map: map } });
const config = (changes: object): Files => ({ 'config.json': { ...CONFIG, ...changes } });
const arrays = (written: Parameters<typeof writeSafetensors>[0]): Files => ({
  'model.safetensors': writeSafetensors(written),
});
const float8 = { dtype: 'F8_E4M3', shape: [4, 4], data: new Uint8Array(16) };

describe('a folder that is no whole model is refused', () => {
  test.each<[string, Files, string, RegExp]>([
    ['without config.json', { 'config.json': undefined }, 'model.folder', /has no config\.json/],
    [
      'a config.json that is no JSON',
      { 'config.json': '{"model_type":' },
      'huggingFace.json',
      /no JSON from character 14/,
    ],
    ['a config.json that is a list', { 'config.json': [] }, 'huggingFace.json', /holds no object/],
    ['a config.json of lists 100,000 deep', { 'config.json': '['.repeat(100_000) }, 'huggingFace.json', /nests/],
    [
      'a config.json of megabytes',
      { 'config.json': Buffer.alloc(2 ** 22 + 1, ' ') },
      'huggingFace.text',
      /at most 4194304/,
    ],
    ['a config.json that is no UTF-8', { 'config.json': Uint8Array.of(0xff) }, 'huggingFace.text', /no text/],
    ['no architecture', config({ model_type: undefined }), 'huggingFace.config', /no model_type/],
    ['an architecture that is a number', config({ model_type: 7 }), 'huggingFace.config', /no model_type/],
    [
      'two architectures',
      config({ model_type: 'llama' }),
      'huggingFace.config',
      /llama and Qwen2ForCausalLM, .*two architectures/,
    ],
    [
      'an architecture that would clear the terminal',
      config({ architectures: ['\u001b[2JForCausalLM'] }),
      'huggingFace.config',
      /calls it qwen2 and \[2JForCausalLM/,
    ],
    [
      'weights quantised by GPTQ',
      config({ quantization_config: { quant_method: 'gptq' } }),
      'model.unsupported',
      /gptq/,
    ],
    [
      'weights quantised by what is no name',
      config({ quantization_config: { quant_method: { name: 'fp8' } } }),
      'model.unsupported',
      /unknown method/,
    ],
    [
      'weights quantised by MLX',
      config({ quantization: { group_size: 64, bits: 4 } }),
      'model.unsupported',
      /quantised by MLX/,
    ],
    [
      'int8 by compressed-tensors',
      config({ quantization_config: { quant_method: 'compressed-tensors', format: 'int-quantized' } }),
      'model.unsupported',
      /compressed-tensors/,
    ],
    [
      'weights quantised by a library that leaves out its name',
      config({ quantization_config: { load_in_4bit: true } }),
      'model.unsupported',
      /quantised by bitsandbytes/,
    ],
    [
      'a classifier',
      config({ architectures: ['Qwen2ForSequenceClassification'] }),
      'model.unsupported',
      /predicts no next token/,
    ],
    [
      'the folder of a training',
      { 'config.json': undefined, 'checkpoint-500/config.json': {}, 'checkpoint-1000/config.json': {} },
      'model.folder',
      /such as checkpoint-1000\./,
    ],
    ['no weights', { 'model.safetensors': undefined }, 'huggingFace.weights', /has no model\.safetensors/],
    [
      'PyTorch files only',
      { 'model.safetensors': undefined, 'pytorch_model.bin': 'PK' },
      'model.pickle',
      /any code.*safetensors/,
    ],
    [
      'PyTorch files without config',
      { 'config.json': undefined, 'model.safetensors': undefined, 'pytorch_model.bin': 'PK' },
      'model.pickle',
      /any code/,
    ],
    [
      'weights that Git did not get',
      { 'model.safetensors': 'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n' },
      'file.pointer',
      /git lfs pull/,
    ],
    ['an adapter', { 'config.json': undefined, 'adapter_config.json': {} }, 'model.adapter', /adapter/],
    [
      'a folder of GGUF files',
      { 'config.json': undefined, 'x.gguf': 'GGUF' },
      'model.folder',
      /choose one of the \.gguf files/,
    ],
    [
      'several files and no index',
      { 'model.safetensors': undefined, 'a.safetensors': tensor, 'b.safetensors': tensor },
      'huggingFace.weights',
      /several safetensors files/,
    ],
    ['an index without a map', { 'model.safetensors': undefined, [INDEX]: {} }, 'huggingFace.weights', /weight_map/],
    [
      'an index that names a missing file',
      index({ x: 'model-1.safetensors', y: 'model-2.safetensors' }),
      'huggingFace.weights',
      /lacks 2 of its 2 safetensors files/,
    ],
    [
      'an index that names a file above the folder',
      index({ x: '../model.safetensors' }),
      'huggingFace.weights',
      /no safetensors file of this folder/,
    ],
    [
      'an index that names a file by its whole path',
      index({ x: '/etc/model.safetensors' }),
      'huggingFace.weights',
      /no safetensors file of this folder/,
    ],
    [
      "an index that names a file by Windows's path",
      index({ x: 'C:\\model.safetensors' }),
      'huggingFace.weights',
      /no safetensors file of this folder/,
    ],
    [
      'an index that names a file of another kind',
      index({ x: 'model.bin' }),
      'huggingFace.weights',
      /no safetensors file of this folder/,
    ],
    ['an index that names a number', index({ x: 5 }), 'huggingFace.weights', /no safetensors file of this folder/],
    [
      'an index that names a tensor that is not there',
      { ...index({ x: 'a.safetensors', z: 'a.safetensors' }), 'a.safetensors': tensor },
      'huggingFace.weights',
      /holds the tensor z/,
    ],
    [
      'one tensor in two files',
      {
        ...index({ y: 'a.safetensors', z: 'b.safetensors' }),
        'a.safetensors': writeSafetensors({ x: zeros(1), y: zeros(1) }),
        'b.safetensors': writeSafetensors({ x: zeros(1), z: zeros(1) }),
      },
      'huggingFace.weights',
      /tensor x twice/,
    ],
    [
      'a file of weights cut off',
      { 'model.safetensors': tensor.subarray(0, -1) },
      'safetensors.tensor',
      /past the end/,
    ],
    [
      'weights in float64',
      arrays({ x: { dtype: 'F64', shape: [1], data: new Float64Array(1) } }),
      'safetensors.type',
      /x as F64/,
    ],
    ['weights in another float8', arrays({ x: { ...float8, dtype: 'F8_E5M2' } }), 'safetensors.type', /x as F8_E5M2/],
    [
      'scales of another shape',
      arrays({ w: float8, w_scale: zeros(3) }),
      'safetensors.scales',
      /w_scale is 3, which are no scales of w/,
    ],
  ])('%s', (_, files, code, reason) => {
    const folder = huggingFaceFolder(files);
    const before = openFiles();
    expect(() => openCheckpoint(folder)).toThrow(expect.objectContaining({ code, name: 'VitrineError' }));
    expect(() => openCheckpoint(folder)).toThrow(reason);
    expect(openFiles()).toBe(before);
  });

  test('without a tokenizer, when its vocabulary is asked for', () => {
    const checkpoint = openCheckpoint(huggingFaceFolder({ 'tokenizer.json': undefined }));
    expect(() => atOnce(checkpoint.vocabulary())).toThrow(/AutoTokenizer\.from_pretrained/);
    checkpoint.close();
  });
});

describe('a file of another format is refused by what it is', () => {
  test.each([
    ['model.bin', 'model.pickle', /PyTorch/],
    ['model.PT', 'model.pickle', /PyTorch/],
    ['model.pth', 'model.pickle', /PyTorch/],
    ['model.ckpt', 'model.pickle', /PyTorch/],
    ['model.onnx', 'model.format', /ONNX/],
    ['model.pte', 'model.format', /ExecuTorch/],
    ['model.mlx', 'model.format', /MLX/],
    ['model.safetensors', 'model.folder', /has no config\.json/],
    ['notes.json', 'gguf.notGguf', /not a GGUF file/],
    ['model.constructor', 'gguf.notGguf', /not a GGUF file/],
  ])('%s', (name, code, reason) => {
    const path = join(temporaryFolder(), name);
    writeFileSync(path, 'PK');
    expect(() => openCheckpoint(path)).toThrow(expect.objectContaining({ code }));
    expect(() => openCheckpoint(path)).toThrow(reason);
  });
});

/** Of this process; where the system does not list them, always none. */
function openFiles(): number {
  return process.platform === 'linux' ? readdirSync('/proc/self/fd').length : 0;
}
