import type { CompiledModel } from '../../model/compile';
import { TOP_K } from '../../model/graphs/ports';
import { sentence } from '../../shared/errors';
import type { Neuron } from '../../shared/why-api';
import { unembeddingUnder } from '../adapter-gain';
import { checkIndex } from '../ranges';
import type { Session } from '../sessions';
import { questionOf } from '../why/asked';
import { Attribution } from '../why/attribution';
import { ChangedRow } from '../why/changed-row';
import { directionsOfLayers, dot, layerScaleOf, sum } from '../why/direction';
import { effectsOf } from '../why/effects';
import { type NeuronGroup, neuronGroups } from '../why/feed-forward';
import type { LensOf } from './lens';

/** What the neurons of one feed-forward part wrote for a token and against another. */
export const neurons: LensOf<'neurons'> = {
  runsGraph: true,
  async answer({ layer, count, tokens, ...asked }, context) {
    const { trace } = context;
    const { compiled, sessions } = context.model;
    checkIndex(sentence`layer`, layer, compiled.config.numHiddenLayers);
    const { position, direction } = await questionOf(asked, context);
    const row = new ChangedRow(compiled, trace, position - 1);
    row.check(layer, 'mlp');
    const u = directionsOfLayers(compiled, direction.values)[layer] as Float64Array;
    const { added } = await new Attribution(sessions, compiled, trace, position).layer(layer, u);
    const attention = row.replaced(layer, 'attention') ?? added;
    const total = dot(row.grownBy(layer), u) - dot(attention, u);
    const groups = await neuronGroups(sessions, compiled, trace, {
      layer,
      position: position - 1,
      attention,
      direction: u,
    });
    const unembedding = unembeddingUnder(sessions, compiled, trace.interventions);
    const bias = groups.reduce((all, group) => all + group.bias, 0);
    return {
      total,
      bias,
      count: groups.reduce((all, { values }) => all + values.length, 0),
      remainder: total - bias - groups.reduce((all, { values }) => all + sum(values), 0),
      strongest: await described(unembedding, compiled, layer, strongestOf(groups, count), tokens),
    };
  },
};

interface Place {
  group: NeuronGroup;
  neuron: number;
}

const contributionOf = ({ group, neuron }: Place): number => group.values[neuron] as number;

function strongestOf(groups: readonly NeuronGroup[], count: number): Place[] {
  return groups
    .flatMap((group) => Array.from(group.values, (_, neuron) => ({ group, neuron })))
    .sort((a, b) => Math.abs(contributionOf(b)) - Math.abs(contributionOf(a)))
    .slice(0, count);
}

async function described(
  unembedding: Session,
  model: CompiledModel,
  layer: number,
  places: readonly Place[],
  tokens: number,
): Promise<Neuron[]> {
  const scale = scaleTo(model, layer);
  const rows = places.map(({ group, neuron }) => {
    const sign = Math.sign(group.activations[neuron] as number) || 1;
    return Float64Array.from(group.written(neuron), (value) => value * sign * scale);
  });
  const effects = await effectsOf(unembedding, model, rows, Math.min(tokens, TOP_K, model.config.vocabSize));
  return places.map((place, i) => ({
    ...(place.group.expert !== undefined && { expert: place.group.expert }),
    neuron: place.neuron,
    activation: place.group.activations[place.neuron] as number,
    value: contributionOf(place),
    ...(effects[i] as (typeof effects)[number]),
  }));
}

/** What the stream is multiplied by from a layer's parts on to the end. */
function scaleTo(model: CompiledModel, layer: number): number {
  const layers = Array.from({ length: model.config.numHiddenLayers - layer }, (_, i) => layer + i);
  return layers.reduce((scale, one) => scale * layerScaleOf(model, one), 1);
}
