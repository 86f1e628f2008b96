import { sentence, VitrineError } from '../../shared/errors';
import type { Architecture } from './architecture';
import { llama } from './llama';

const ARCHITECTURES: readonly Architecture[] = [llama];

/** @throws VitrineError `model.architecture` where no file here implements it. */
export function architectureOf(name: string, path: string): Architecture {
  const found = ARCHITECTURES.find((architecture) => architecture.name === name);
  if (found) return found;
  const known = ARCHITECTURES.map((architecture) => architecture.name).join(', ');
  throw new VitrineError(
    'model.architecture',
    sentence`${path}: Vitrine does not know the architecture '${name}' (it knows: ${known}). Choose another model.`,
  );
}
