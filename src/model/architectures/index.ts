import { sentence, VitrineError } from '../../shared/errors';
import type { Checkpoint } from '../checkpoint/checkpoint';
import type { Architecture } from './architecture';
import { llama } from './llama';

const ARCHITECTURES: readonly Architecture[] = [llama];

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
