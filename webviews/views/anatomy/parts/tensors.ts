import { inReadingOrder } from '../../../../src/anatomy/tensor-order';
import type { AnatomyTensor, ModelAnatomy } from '../../../../src/shared/anatomy-api';

/** Those with a common name first. @param layer undefined for what belongs to none */
export function tensorsOfLayer({ tensors }: ModelAnatomy, layer: number | undefined): AnatomyTensor[] {
  return inReadingOrder(tensors.filter((tensor) => tensor.layer === layer));
}

/** Tensors before the first layer, or after the last. */
export function endTensors(anatomy: ModelAnatomy, end: 'embedding' | 'unembedding'): AnatomyTensor[] {
  return tensorsOfLayer(anatomy, undefined).filter(({ part }) => (part === 'embedding') === (end === 'embedding'));
}

export const elementsOf = (tensors: readonly AnatomyTensor[]): number =>
  tensors.reduce((sum, { elements }) => sum + elements, 0);
