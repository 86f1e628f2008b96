import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { temporaryFolder } from './temporary-folder';
import { writeSafetensors, zeros } from './write-safetensors';

/** What the files of a folder hold: JSON, a text, or bytes; undefined where there is no such file. */
export type Files = Readonly<Record<string, object | string | Uint8Array | undefined>>;

export const CONFIG = { model_type: 'qwen2', architectures: ['Qwen2ForCausalLM'], hidden_size: 4, eos_token_id: 2 };

/** A Hugging Face folder that opens, but for what is given. It is gone after the test. */
export function huggingFaceFolder(files: Files = {}, folder = temporaryFolder()): string {
  const whole: Files = {
    'config.json': CONFIG,
    'model.safetensors': writeSafetensors({ 'model.norm.weight': zeros(4) }),
    'tokenizer.json': { model: { type: 'BPE', vocab: {}, merges: [] } },
    ...files,
  };
  for (const [name, content] of Object.entries(whole)) {
    if (content === undefined) continue;
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    const isJson = typeof content === 'object' && !(content instanceof Uint8Array);
    writeFileSync(join(folder, name), isJson ? JSON.stringify(content) : content);
  }
  return folder;
}
