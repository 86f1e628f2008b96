import type { AnatomyTensor } from '../shared/anatomy-api';

/** Before what a tensor is in an expert, or in several of them: `expert.3.down`, `experts.down`. */
export const EXPERT = /^experts?\.(\d+\.)?/;

/** In the order in which a text meets them. */
const ROLES = ['query', 'key', 'value', 'output', 'router', 'gate', 'up', 'down'];

/** Those with a common name first. */
export function inReadingOrder(tensors: readonly AnatomyTensor[]): AnatomyTensor[] {
  const orderOf = ({ roles: [first = ''] }: AnatomyTensor) => {
    const place = ROLES.indexOf(first.replace(EXPERT, ''));
    return place < 0 ? ROLES.length : place;
  };
  return [...tensors].sort((a, b) => orderOf(a) - orderOf(b));
}
