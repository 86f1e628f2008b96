import type { Run } from '../../../kit/subject-tokens';

/**
 * Layers in bands, the last layers first: to patch a layer is to run all after it, so that the last are the cheapest. All
 * bands cost about the same, but for a layer that alone costs more.
 *
 * @param layers of the model; @param bands about so many
 */
export function layerBands(layers: number, bands: number): Run[] {
  const each = (layers * (layers + 1)) / 2 / bands;
  const found: Run[] = [];
  let to = layers;
  let cost = 0;
  for (let layer = layers - 1; layer >= 0; layer--) {
    cost += layers - layer;
    if (cost < each && layer > 0) continue;
    found.push({ from: layer, to });
    to = layer;
    cost = 0;
  }
  return found;
}
