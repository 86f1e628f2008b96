import { kindOf } from '../../model/config';
import type { TokenVectors, VectorNumbers } from '../../shared/why-api';
import { rowsUnder } from '../adapter-gain';
import { checkPosition } from '../ranges';
import { Attribution } from '../why/attribution';
import { ChangedRow } from '../why/changed-row';
import { dot } from '../why/direction';
import type { LensOf } from './lens';

/** What each layer makes of a token, as numbers. */
export const vectors: LensOf<'vectors'> = {
  runsGraph: true,
  async answer({ position }, { model: { compiled, sessions }, trace }) {
    checkPosition(trace, position);
    const { config } = compiled;
    const name = config.tieWordEmbeddings ? 'embedding' : 'unembedding';
    const own = rowsUnder(compiled, name, [trace.ids[position] as number], trace.interventions);
    const attribution = new Attribution(sessions, compiled, trace, position + 1);
    const row = new ChangedRow(compiled, trace, position);
    const layers: TokenVectors[] = [];
    for (let layer = 0; layer < config.numHiddenLayers; layer++) {
      const { headDim } = kindOf(config, layer);
      const { added, heads } = await attribution.layer(layer, new Float64Array(config.hiddenSize));
      const attention = row.replaced(layer, 'attention') ?? added;
      layers.push({
        queries: heads ? lengths(heads.query, headDim) : new Float32Array(),
        keys: heads ? lengths(heads.key, headDim) : new Float32Array(),
        values: heads ? lengths(heads.value, headDim) : new Float32Array(),
        residual: numbersOf(row.entering(layer), own),
        attention: numbersOf(attention, own),
        mlp: numbersOf(
          row.grownBy(layer).map((value, i) => value - (attention[i] as number)),
          own,
        ),
      });
    }
    return layers;
  },
};

/** Of each vector of `width` among some that stand one after another. */
function lengths(all: Float32Array, width: number): Float32Array {
  return Float32Array.from({ length: all.length / width }, (_, i) => {
    const one = all.subarray(i * width, (i + 1) * width);
    return Math.sqrt(dot(one, one));
  });
}

function numbersOf(vector: ArrayLike<number>, own: Float32Array): VectorNumbers {
  const norm = Math.sqrt(dot(vector, vector));
  return { norm, cosine: dot(vector, own) / (norm * Math.sqrt(dot(own, own)) || 1) };
}
