import { forwardFlops } from '../../../../src/anatomy/flops';
import { formatSi } from '../../../../src/display/format-si';
import { formatDecimal } from '../../../../src/display/numbers';
import type { Additions, ModelAnatomy } from '../../../../src/shared/anatomy-api';
import type { PassTimes, TimedPart } from '../../../../src/shared/part-times-api';
import type { Term } from '../../../glossary';
import { t } from '../../../l10n';
import { timeText } from '../cost/time-text';
import { elementsOf, endTensors, tensorsOfLayer } from './tensors';

/** What the two bars of a layer show, and the number at its end. */
export interface LayerMeasure {
  attention: number;
  mlp: number;
  end: number;
}

/** What is measured of a model. */
export interface Measured {
  layers: LayerMeasure[];
  /** Undefined where there is nothing to say. */
  embedding: number | undefined;
  unembedding: number | undefined;
}

/** The text that is measured. */
export interface MeasuredText {
  /** How many it has. */
  tokens: number;
  /** The position of the one that is measured; undefined for all. */
  token: number | undefined;
  /** Undefined until the engine has answered. */
  additions: Additions | undefined;
  /** What it took to read it; undefined until somebody has it measured. */
  times: PassTimes | undefined;
}

/** What bars can show. */
export interface Measure {
  name: 'weights' | 'flops' | 'additions' | 'times';
  title(): string;
  /** What the number at the end of a layer is, and the term that it is. */
  endTitle(): string;
  endTerm?: Term;
  /** Undefined while it is not known. */
  of(anatomy: ModelAnatomy, text: MeasuredText): Measured | undefined;
  format(value: number): string;
}

const together = () => t('together');

export const MEASURES: readonly [Measure, ...Measure[]] = [
  {
    name: 'weights',
    title: () => t('weights'),
    endTitle: together,
    of: weightsOf,
    format: (value) => formatSi(value),
  },
  {
    name: 'flops',
    title: () => t('computation'),
    endTitle: together,
    of: flopsOf,
    format: (value) => formatSi(value, 'FLOP'),
  },
  {
    name: 'additions',
    title: () => t('what they add'),
    endTitle: () => t('stream'),
    endTerm: 'residual',
    of: additionsOf,
    format: formatDecimal,
  },
  {
    name: 'times',
    title: () => t('milliseconds'),
    endTitle: together,
    of: timesOf,
    format: (value) => timeText(value / 1000),
  },
];

function weightsOf(anatomy: ModelAnatomy): Measured {
  const ofEnd = (end: 'embedding' | 'unembedding') =>
    elementsOf(endTensors(anatomy, end).filter(({ part }) => part === end)) || undefined;
  const layers = anatomy.layers.map((_, layer) => {
    const tensors = tensorsOfLayer(anatomy, layer);
    const attention = elementsOf(tensors.filter(({ part }) => part === 'attention'));
    const mlp = elementsOf(tensors.filter(({ part }) => part === 'mlp'));
    return { attention, mlp, end: attention + mlp };
  });
  return { layers, embedding: ofEnd('embedding'), unembedding: ofEnd('unembedding') };
}

function flopsOf(anatomy: ModelAnatomy, { tokens }: MeasuredText): Measured {
  const layers = anatomy.layers.map((layer, index) => {
    const alone = { ...anatomy, layers: [layer], tensors: tensorsOfLayer(anatomy, index) };
    const { attention, scores, mlp } = forwardFlops(alone, tokens, 'causal');
    return { attention: attention + scores, mlp, end: attention + scores + mlp };
  });
  return { layers, embedding: undefined, unembedding: forwardFlops(anatomy, tokens, 'causal').unembedding };
}

function additionsOf({ layers }: ModelAnatomy, { token, additions }: MeasuredText): Measured | undefined {
  if (!additions) return undefined;
  const { tokens, attention, mlp, stream } = additions;
  const at = (norms: Float32Array, layer: number) => {
    const row = norms.subarray(layer * tokens, (layer + 1) * tokens);
    return (token === undefined ? middleOf(row) : row[token]) as number;
  };
  return {
    layers: layers.map((_, layer) => ({
      attention: at(attention, layer),
      mlp: at(mlp, layer),
      end: at(stream, layer + 1),
    })),
    embedding: at(stream, 0),
    unembedding: undefined,
  };
}

/** By the runtime's own profile; attention with the scores. */
function timesOf({ layers }: ModelAnatomy, { times }: MeasuredText): Measured | undefined {
  if (!times) return undefined;
  const sumOf = (parts: readonly TimedPart[], layer?: number) =>
    times.parts
      .filter((one) => one.layer === layer && parts.includes(one.part))
      .reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  return {
    layers: layers.map((_, layer) => {
      const attention = sumOf(['attention', 'scores'], layer);
      const mlp = sumOf(['mlp'], layer);
      return { attention, mlp, end: attention + mlp };
    }),
    // Rows of it are looked up outside of the graph.
    embedding: sumOf(['embedding']) || undefined,
    unembedding: sumOf(['unembedding']),
  };
}

/** Of an odd count the median; of an even count the larger of the two in the middle. */
function middleOf(values: Float32Array): number {
  return values.slice().sort()[values.length >> 1] as number;
}
