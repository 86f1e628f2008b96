import { EXPERT, inReadingOrder } from '../../anatomy/tensor-order';
import { ANATOMY_PARTS, type AnatomyPart, type AnatomyTensor } from '../../shared/anatomy-api';

/** Tensors that do the same in several layers, or in several experts, and are kept alike. */
export interface AlikeTensors {
  part: AnatomyPart;
  /** `gate`, `query + key`, `experts: down`. */
  role: string;
  shape: readonly number[];
  type: string;
  /** In no order; empty of what belongs to no layer. */
  layers: readonly number[];
  /** Numbers in all of them. */
  elements: number;
}

/** By part, and in each in the order in which a text meets them. */
export function alikeTensors(tensors: readonly AnatomyTensor[]): AlikeTensors[] {
  const groups = new Map<string, AlikeTensors & { layers: number[] }>();
  for (const { part, roles, shape, type, layer, elements } of inReadingOrder(tensors)) {
    const role = roles.map((one) => one.replace(EXPERT, 'experts: ')).join(' + ');
    const key = `${part} ${role} ${shape} ${type} ${layer === undefined}`;
    const group = groups.get(key) ?? { part, role, shape, type, layers: [], elements: 0 };
    group.elements += elements;
    if (layer !== undefined && !group.layers.includes(layer)) group.layers.push(layer);
    groups.set(key, group);
  }
  const order = ({ part }: AlikeTensors) => ANATOMY_PARTS.indexOf(part);
  return [...groups.values()].sort((one, other) => order(one) - order(other));
}
