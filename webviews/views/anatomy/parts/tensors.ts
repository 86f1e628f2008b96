import type { AnatomyTensor, ModelAnatomy } from '../../../../src/shared/anatomy-api';
import { EXPERT } from './part-names';

/** In the order in which a text meets them. */
const ROLES = ['query', 'key', 'value', 'output', 'router', 'gate', 'up', 'down'];

/** Those with a common name first. @param layer undefined for what belongs to none */
export function tensorsOfLayer({ tensors }: ModelAnatomy, layer: number | undefined): AnatomyTensor[] {
  const orderOf = ({ roles: [first = ''] }: AnatomyTensor) => {
    const place = ROLES.indexOf(first.replace(EXPERT, ''));
    return place < 0 ? ROLES.length : place;
  };
  return tensors.filter((tensor) => tensor.layer === layer).sort((a, b) => orderOf(a) - orderOf(b));
}

/** Tensors before the first layer, or after the last. */
export function endTensors(anatomy: ModelAnatomy, end: 'embedding' | 'unembedding'): AnatomyTensor[] {
  return tensorsOfLayer(anatomy, undefined).filter(({ part }) => (part === 'embedding') === (end === 'embedding'));
}

export const elementsOf = (tensors: readonly AnatomyTensor[]): number =>
  tensors.reduce((sum, { elements }) => sum + elements, 0);
