import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { preferenceTraining } from '../../../src/model/checkpoint/preference-training';
import { trainingWordsOf } from '../../../src/model/huggingface/model-card';
import { temporaryFolder } from '../../support/temporary-folder';

test.each([
  ['zephyr-7b-dpo-full', 'DPO'],
  ['Llama-3-Instruct-8B-SimPO', 'SimPO'],
  ['mistral_orpo_beta', 'ORPO'],
  ['kto', 'KTO'],
  ['trl-internal-testing/ppo-model', 'PPO'],
  ['Qwen2.5-GRPO', 'GRPO'],
  ['argilla/dpo-mix-7k', 'DPO'],
  ['Nous-Hermes-2-Mixtral-8x7B-DPO', 'DPO'],
  ['SmolLM2-135M-Instruct', undefined],
  ['sft', undefined],
  ['hippo-7b', undefined],
  ['support-bot', undefined],
  ['dporter', undefined],
  ['', undefined],
])('%s says %s', (text, method) => expect(preferenceTraining([text])).toBe(method));

test.each([
  ['---\ntags:\n- trl\n- dpo\n---\n# A model', 'DPO'],
  ['---\ntags: [trl, kto]\n---\n', 'KTO'],
  ['---\nbase_model: x\ndatasets:\n- HuggingFaceH4/orpo-dpo-mix\n---\n', 'ORPO'],
  ['# A\n\n## Training procedure\n\nThis model was trained with GRPO, a method introduced in a paper.', 'GRPO'],
  ['# A\n\nThis model was trained with SFT.', undefined],
  ['# A\n\nIt was not compared with DPO.', undefined],
])('a README says it by its tags, its datasets, and what TRL writes: %#', (readme, method) => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'README.md'), readme);
  expect(preferenceTraining(trainingWordsOf(folder))).toBe(method);
});
