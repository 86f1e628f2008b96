import { describe, expect, it } from 'vitest';
import { HARDWARE } from '../../../src/anatomy/hardware';
import { decodingSeconds, weightBytes } from '../../../src/anatomy/precision';
import { modelAnatomy } from '../../../src/model/anatomy';
import { openCheckpoint } from '../../../src/model/checkpoint/open';
import { modelFileOf } from '../../../src/model/model-file';
import type { ModelAnatomy } from '../../../src/shared/anatomy-api';
import { atOnce } from '../../../src/tokenizer/slices';

function anatomyOf(name: string): ModelAnatomy {
  const checkpoint = openCheckpoint(`test/fixtures/architectures/${name}/model.gguf`);
  const { config, specs } = atOnce(modelFileOf(checkpoint));
  checkpoint.close();
  return modelAnatomy(checkpoint, config, specs);
}

describe('weights in other numbers', () => {
  it.each([
    ['llama-q8-0', 'q8_0'],
    ['llama-q4-0', 'q4_0'],
  ] as const)('%s takes what llama.cpp wrote of it', (name, precision) => {
    const { tensors, ...anatomy } = anatomyOf(name);
    // llama-quantize gives the embedding more bits where it is the unembedding too.
    const alike = tensors.filter(({ type }) => type === 'F32' || type === precision.toUpperCase());
    expect(alike.length).toBeGreaterThan(tensors.length - 2);
    expect(weightBytes({ ...anatomy, tensors: alike }, precision)).toBe(
      alike.reduce((sum, { bytes }) => sum + bytes, 0),
    );
  });

  it('of 16 bits take half of float32, and half of its time behind no text', () => {
    const anatomy = anatomyOf('llama-q8-0');
    const [float32, bf16] = [weightBytes(anatomy, 'float32'), weightBytes(anatomy, 'bf16')];
    const seconds = (bytes: number, numberBytes: number, tokens: number) =>
      decodingSeconds(anatomy, { bytes, numberBytes, tokens }, HARDWARE.a100);
    expect(bf16).toBe(float32 / 2);
    expect(seconds(float32, 4, 0)).toBeCloseTo(2 * seconds(bf16, 2, 0), 12);
    expect(seconds(bf16, 2, 64)).toBeGreaterThan(seconds(bf16, 2, 0));
  });
});
