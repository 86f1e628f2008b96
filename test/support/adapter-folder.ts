import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from './temporary-folder';
import { type WritableArray, writeSafetensors, zeros } from './write-safetensors';

/** What PEFT calls the two matrices of the first layer's queries. */
export const QUERY = 'base_model.model.model.layers.0.self_attn.q_proj';

/** A folder as PEFT writes one, for a model of width 32; it is gone after the test. @param tensors all of it, where it is given */
export function adapterFolder(
  config: object = {},
  tensors: Readonly<Record<string, WritableArray>> = {
    [`${QUERY}.lora_A.weight`]: zeros(2, 32),
    [`${QUERY}.lora_B.weight`]: zeros(32, 2),
  },
): string {
  const folder = temporaryFolder();
  const whole = { peft_type: 'LORA', r: 2, lora_alpha: 4, bias: 'none', target_modules: ['q_proj'], ...config };
  writeFileSync(join(folder, 'adapter_config.json'), JSON.stringify(whole));
  writeFileSync(join(folder, 'adapter_model.safetensors'), writeSafetensors(tensors));
  return folder;
}
