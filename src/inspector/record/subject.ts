import type { InspectorState } from '../../shared/inspector-api';

/** A text that the model has read, as far as what is recorded of it depends on that. */
export interface TracedSubject {
  trace: number;
  /** How many it has. */
  tokens: number;
  layers: number;
  /** Of each layer, whether it has attention. */
  attention: readonly boolean[];
  heads: number;
  /** The position of the selected token. */
  selected: number | undefined;
  /** Positions with a token that is shown: [from, to). */
  shown: { from: number; to: number };
}

/** Undefined where the model has read no token. */
export function tracedSubject({ subject, model, selected }: InspectorState): TracedSubject | undefined {
  const read = subject?.read;
  if (!read || !model || read.ids.length === 0) return undefined;
  const { trace, ids, starts, ends } = read;
  const isShown = (position: number) =>
    subject.shown.some(({ start, end }) => (ends[position] ?? 0) > start && (starts[position] ?? 0) < end);
  const positions = Array.from(ids.keys()).filter(isShown);
  return {
    trace,
    tokens: ids.length,
    layers: model.numHiddenLayers,
    attention: model.layers.map(({ attention }) => attention),
    heads: model.numAttentionHeads,
    selected: selected.token,
    shown: { from: positions[0] ?? 0, to: (positions.at(-1) ?? -1) + 1 },
  };
}
