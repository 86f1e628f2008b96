import { setImmediate } from 'node:timers/promises';
import { TraceLayer } from '../branches/trace-layer';
import { LayerRunner } from '../layer-runner';
import { residualOf } from '../trace';
import type { LensOf } from './lens';

/** How long what attention and the feed-forward part of each layer add to the residual stream is, and the stream itself. */
export const additions: LensOf<'additions'> = {
  runsGraph: true,
  async answer(_, { model: { compiled, sessions }, trace, signal, progress }) {
    const { config } = compiled;
    const { numHiddenLayers } = config;
    const tokens = trace.ids.length;
    const told = progress('additions');
    const kinds = sessions.kinds.map(({ layer }) => layer);
    const runner = new LayerRunner(kinds, compiled, tokens);
    const found = {
      tokens,
      attention: new Float32Array(numHiddenLayers * tokens),
      mlp: new Float32Array(numHiddenLayers * tokens),
      stream: new Float32Array((numHiddenLayers + 1) * tokens),
    };
    for (let layer = 0; layer < numHiddenLayers; layer++) {
      told(layer, numHiddenLayers);
      // A run blocks the thread: between two, a request to cancel gets in.
      await setImmediate();
      signal.throwIfAborted();
      runner.enter(layer);
      const { attention, mlp } = await new TraceLayer(runner, config, trace, layer, tokens).parts();
      found.attention.set(rowNorms(attention, tokens), layer * tokens);
      found.mlp.set(rowNorms(mlp, tokens), layer * tokens);
    }
    for (let layer = 0; layer <= numHiddenLayers; layer++) {
      found.stream.set(rowNorms(residualOf(trace, layer, 0, tokens), tokens), layer * tokens);
    }
    told(numHiddenLayers, numHiddenLayers);
    return found;
  },
};

/** Of a matrix of so many rows, the L2 norm of each. */
function rowNorms(values: Float32Array, rows: number): Float32Array {
  const width = values.length / rows;
  return Float32Array.from({ length: rows }, (_, row) => {
    let sum = 0;
    for (let at = row * width; at < (row + 1) * width; at++) sum += (values[at] as number) ** 2;
    return Math.sqrt(sum);
  });
}
