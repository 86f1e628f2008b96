import type { CompiledModel } from '../../model/compile';
import { NEURONS } from '../../model/graphs/ports';
import { layerWeight } from '../../model/weights';
import { columnAddition } from '../adapter-gain';
import { type Sessions, sessionsOfLayer } from '../sessions';
import { float32, floats } from '../tensors';
import { residualOf, type Trace } from '../trace';
import { BroughtWeights } from './brought-weights';

/** The neurons of a feed-forward part, or of one of the experts that saw a token. */
export interface NeuronGroup {
  /** Of a layer with experts. */
  expert: number | undefined;
  /** [I], and what each brings in the direction. */
  activations: Float32Array;
  values: Float32Array;
  bias: number;
  /** What a neuron writes into the stream at an activation of 1, [C]. */
  written(neuron: number): Float32Array;
}

interface Asked {
  layer: number;
  position: number;
  /** What attention adds, [C]. */
  attention: Float32Array;
  /** [C], among what the layer's parts add to. */
  direction: Float64Array;
}

/** The neurons of the feed-forward part of a layer at a position, in a group for each expert that saw the token. */
export async function neuronGroups(
  sessions: Sessions,
  model: CompiledModel,
  trace: Trace,
  { layer, position, attention, direction }: Asked,
): Promise<NeuronGroup[]> {
  const { config } = model;
  const width = config.hiddenSize;
  const { neurons } = sessionsOfLayer(sessions, config, layer);
  const groups: NeuronGroup[] = [];
  for (const { expert, share } of chosenExperts(trace, layer, position)) {
    const { interventions } = trace;
    const weights = new BroughtWeights(neurons, model, config.kindOfLayer[layer] as number, interventions);
    const rename = (name: string) => name.replace(/^expert\.0\./, `expert.${expert}.`);
    const feeds = weights.feeds(layer, rename);
    const results = await neurons.run({
      ...feeds,
      [NEURONS.residual]: float32(residualOf(trace, layer, position, position + 1), 1, width),
      [NEURONS.attention]: float32(attention, 1, width),
      [NEURONS.direction]: float32(Float32Array.from(direction), 1, width),
      [NEURONS.share]: float32(Float32Array.of(share), 1),
    });
    const activations = floats(results[NEURONS.activations]);
    const factor = floats(results[NEURONS.factor]);
    const nameOfDown = expert === undefined ? 'down' : 'expert.0.down';
    const down = floats(feeds[NEURONS.weight(nameOfDown)]);
    groups.push({
      expert,
      activations,
      values: floats(results[NEURONS.values]),
      bias: floats(results[NEURONS.bias])[0] as number,
      written: (neuron) => {
        const added = columnAddition(model.weights, layerWeight(layer, rename(nameOfDown)), neuron, interventions);
        const column = (i: number) => (down[i * activations.length + neuron] as number) + (added?.[i] ?? 0);
        return factor.map((one, i) => one * share * column(i));
      },
    });
  }
  return groups;
}

interface ChosenExpert {
  /** Undefined of a feed-forward part without experts. */
  expert: number | undefined;
  /** What its answer is multiplied by. */
  share: number;
}

/** The experts that saw a token. */
function chosenExperts({ chunks }: Trace, layer: number, position: number): ChosenExpert[] {
  const chunk = chunks.find(({ start, length }) => start <= position && position < start + length);
  const choices = chunk?.experts.find((one) => one.layer === layer);
  if (!chunk || !choices) return [{ expert: undefined, share: 1 }];
  const { perToken, experts, weights } = choices;
  const first = (position - chunk.start) * perToken;
  return Array.from({ length: perToken }, (_, i) => ({
    expert: experts[first + i] as number,
    share: weights[first + i] as number,
  }));
}
