import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { createTokenizer } from '../../src/tokenizer';
import { loadRequest, nextTask, startTestEngine } from '../support/engine';
import { temporaryFolder } from '../support/temporary-folder';
import { tinyLlama } from '../support/tiny-llama';

const QWEN = fileURLToPath(new URL('../fixtures/architectures/qwen2-padded/hf', import.meta.url));

/** A file that lists 4 tokens, and whose embedding has 8 rows. */
function paddedGguf(): string {
  const path = join(temporaryFolder(), 'model.gguf');
  writeFileSync(path, tinyLlama({ shapes: { 'token_embd.weight': [8, 16] } }));
  return path;
}

it.each([
  ['a folder', () => QWEN, 320, 344],
  ['a GGUF file', paddedGguf, 4, 8],
])('ids of %s that have no token are among the alternatives, and have no text', async (_, path, tokens, ids) => {
  const engine = startTestEngine();
  onTestFinished(() => engine.stop());
  const { vocabSize } = await engine.load(
    loadRequest({ path: path(), cache: { folder: temporaryFolder(), limitBytes: 1e9 } }),
  );
  expect(vocabSize).toBe(ids);
  const { trace } = await engine.forwardTokens({ task: nextTask(), ids: [0, ids - 1] });
  const { topIdsAfter } = await engine.predictions({ trace, from: 0, to: 2, topK: 50 });
  expect(topIdsAfter.some((id) => id >= tokens)).toBe(true);

  const descriptions = await engine.describe({ ids: Array.from({ length: ids }, (_, id) => id) });
  const tokenizer = createTokenizer(await engine.vocabulary({}));
  for (const [id, { text, bytes }] of descriptions.entries()) {
    expect(bytes === '', `${id}`).toBe(id >= tokens);
    expect(tokenizer.hasText(id)).toBe(id < tokens);
    expect(tokenizer.tokenText(id)).toBe(text);
  }
  await expect(engine.describe({ ids: [ids] })).rejects.toMatchObject({ code: 'tokenizer.id' });
});
