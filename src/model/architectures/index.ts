import { sentence, VitrineError } from '../../shared/errors';
import type { Checkpoint } from '../checkpoint/checkpoint';
import type { Architecture } from './architecture';
import { cohere, cohere2 } from './cohere';
import { gptNeox } from './gpt-neox';
import { gpt2 } from './gpt2';
import { llama } from './llama';
import { stablelm } from './stablelm';
import { starcoder2 } from './starcoder2';

const ARCHITECTURES: readonly Architecture[] = [llama, gpt2, gptNeox, starcoder2, stablelm, cohere, cohere2];

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
