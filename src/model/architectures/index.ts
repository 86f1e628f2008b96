import { sentence, VitrineError } from '../../shared/errors';
import type { Checkpoint } from '../checkpoint/checkpoint';
import type { Architecture } from './architecture';
import { granite } from './granite';
import { llama } from './llama';
import { olmo2 } from './olmo2';
import { phi3 } from './phi3';
import { qwen2 } from './qwen2';
import { qwen3 } from './qwen3';
import { smollm3 } from './smollm3';

const ARCHITECTURES: readonly Architecture[] = [llama, granite, olmo2, phi3, qwen2, qwen3, smollm3];

/** @throws VitrineError `model.architecture` where no file here implements it. */
export function architectureOf({ path, format, metadata }: Checkpoint): Architecture {
  const found = ARCHITECTURES.find(({ names }) => names[format].includes(metadata.architecture));
  if (found) return found;
  const known = ARCHITECTURES.flatMap(({ names }) => names[format]).join(', ');
  throw new VitrineError(
    'model.architecture',
    sentence`${path}: Vitrine does not know the architecture '${metadata.architecture}' (it knows: ${known}). Choose another model.`,
  );
}
