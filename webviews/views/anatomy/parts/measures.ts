import { forwardFlops } from '../../../../src/anatomy/flops';
import { formatSi } from '../../../../src/display/format-si';
import type { AnatomyTensor, ModelAnatomy } from '../../../../src/shared/anatomy-api';
import { t } from '../../../l10n';
import { EXPERT } from './part-names';

/** What the two bars of a layer show. */
export interface LayerMeasure {
  attention: number;
  mlp: number;
}

/** What bars can show. */
export interface Measure {
  name: string;
  title(): string;
  /** A layer each. */
  of(anatomy: ModelAnatomy, tokens: number): LayerMeasure[];
  format(value: number): string;
}

export const MEASURES: readonly [Measure, ...Measure[]] = [
  {
    name: 'weights',
    title: () => t('weights'),
    of: (anatomy) =>
      eachLayer(anatomy, ({ tensors }) => ({
        attention: elementsOf(tensors.filter(({ part }) => part === 'attention')),
        mlp: elementsOf(tensors.filter(({ part }) => part === 'mlp')),
      })),
    format: (value) => formatSi(value),
  },
  {
    name: 'flops',
    title: () => t('computation'),
    of: (anatomy, tokens) =>
      eachLayer(anatomy, (layer) => {
        const { attention, scores, mlp } = forwardFlops(layer, tokens, 'causal');
        return { attention: attention + scores, mlp };
      }),
    format: (value) => formatSi(value, 'FLOP'),
  },
];

/** @param measure of a model of one layer */
function eachLayer(anatomy: ModelAnatomy, measure: (layer: ModelAnatomy) => LayerMeasure): LayerMeasure[] {
  return anatomy.layers.map((layer, index) =>
    measure({ ...anatomy, layers: [layer], tensors: tensorsOfLayer(anatomy, index) }),
  );
}

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

export const elementsOf = (tensors: readonly AnatomyTensor[]): number =>
  tensors.reduce((sum, { elements }) => sum + elements, 0);
