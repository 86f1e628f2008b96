import { vitrine } from './command-line';
import { llamaFixture } from './llama-fixtures';

/* What tests of `vitrine diff` compare. */

export const GROUPED = llamaFixture('grouped');
export const SEPARATE = llamaFixture('separate-output');
export const ARCHITECTURES = 'test/fixtures/architectures';
export const LORA_BASE = `${ARCHITECTURES}/llama-biases/hf`;
export const LORA = `${ARCHITECTURES}/lora-llama`;
export const TEXT = 'the mouse ate the cat';
export const SENTENCE = 'The mouse ate the cheese.';
/** Of vocabularies of their own. */
export const OTHERS = [`${ARCHITECTURES}/qwen2-padded/hf`, `${ARCHITECTURES}/gpt2-options/hf`] as const;

// biome-ignore lint/suspicious/noExplicitAny: docs/json.md says what it is
export async function diffJson(...args: string[]): Promise<any> {
  const { code, stdout, stderr } = await vitrine(['diff', ...args, '--json']);
  if (code !== 0) throw new Error(`exit code ${code}: ${stderr}`);
  return JSON.parse(stdout);
}
