import { sentence, VitrineError } from '../../shared/errors';
import type { Checkpoint } from '../checkpoint/checkpoint';
import type { Architecture } from './architecture';
import { cohere, cohere2 } from './cohere';
import { gemma } from './gemma';
import { gemma2 } from './gemma2';
import { gemma3 } from './gemma3';
import { gemma4 } from './gemma4';
import { gptNeox } from './gpt-neox';
import { gptOss } from './gpt-oss';
import { gpt2 } from './gpt2';
import { granite } from './granite';
import { llama } from './llama';
import { mixtral } from './mixtral';
import { reasonOf } from './not-implemented';
import { olmo2 } from './olmo2';
import { olmoe } from './olmoe';
import { phi3 } from './phi3';
import { qwen2 } from './qwen2';
import { qwen3 } from './qwen3';
import { qwen3Moe } from './qwen3-moe';
import { qwen35 } from './qwen35';
import { smollm3 } from './smollm3';
import { stablelm } from './stablelm';
import { starcoder2 } from './starcoder2';

const ARCHITECTURES: readonly Architecture[] = [
  cohere,
  cohere2,
  gemma,
  gemma2,
  gemma3,
  gemma4,
  gpt2,
  gptNeox,
  gptOss,
  granite,
  mixtral,
  llama,
  olmo2,
  olmoe,
  phi3,
  qwen2,
  qwen3,
  qwen3Moe,
  qwen35,
  smollm3,
  stablelm,
  starcoder2,
];

/** @throws VitrineError `model.architecture` where no file here implements it. */
export function architectureOf(checkpoint: Checkpoint): Architecture {
  const { path, format, metadata } = checkpoint;
  const found = ARCHITECTURES.find(
    ({ names, accepts }) => names[format].includes(metadata.architecture) && (accepts?.(checkpoint) ?? true),
  );
  if (found) return found;
  const names = new Set(ARCHITECTURES.flatMap(({ names }) => names[format]));
  const known = [...names].filter((name) => name !== metadata.architecture).join(', ');
  const reason = reasonOf(metadata.architecture);
  throw new VitrineError(
    'model.architecture',
    reason === undefined
      ? sentence`${path}: Vitrine does not know the architecture '${metadata.architecture}' (it knows: ${known}). Choose another model.`
      : sentence`${path}: Vitrine does not implement the architecture '${metadata.architecture}': ${reason} (it knows: ${known}). Choose another model.`,
  );
}
