import { sentence, VitrineError } from '../../shared/errors';
import type { Directions } from '../../shared/why-api';
import { dot, meanOf, principalComponent } from './principal-component';

/** How a direction comes of pairs of texts: the mean of their differences, or the one in which these differ most. */
export type Method = 'mean' | 'pca';

/** The streams that leave each layer at the last token of each text: [layer][text], of `hiddenSize` numbers. */
export type LastStreams = readonly (readonly Float64Array[])[];

/**
 * A direction of each layer along which some texts lie further than others do (Zou et al. 2023, arXiv 2310.01405), as
 * repeng computes them: `pca` has length 1, and the sign by which more positive texts lie further along it than the
 * negative ones that they are paired with. The first layer has none.
 *
 * @throws VitrineError `directions.texts`
 */
export async function directionsOf(positive: LastStreams, negative: LastStreams, method: Method): Promise<Directions> {
  const width = positive[0]?.[0]?.length ?? 0;
  const values = new Float32Array(positive.length * width);
  const separations = new Float32Array(positive.length);
  for (let layer = 1; layer < positive.length; layer++) {
    const [more, less] = [positive[layer] as Float64Array[], negative[layer] as Float64Array[]];
    const direction = method === 'mean' ? difference(meanOf(more), meanOf(less)) : await principal(more, less);
    values.set(direction, layer * width);
    const length = Math.sqrt(dot(direction, direction));
    separations[layer] = length === 0 ? 0 : dot(difference(meanOf(more), meanOf(less)), direction) / length;
  }
  return { values, separations };
}

/** Checks how many texts there are of each kind. */
export function checkTexts({
  positive,
  negative,
  method,
}: {
  positive: string[];
  negative: string[];
  method: Method;
}): void {
  if (positive.length === 0 || negative.length === 0) {
    throw new VitrineError(
      'directions.texts',
      sentence`A direction needs texts of both kinds: some that have what it is to be of, and some that lack it. Write at least one of each.`,
    );
  }
  if (method === 'mean') return;
  if (positive.length !== negative.length) {
    throw new VitrineError(
      'directions.texts',
      sentence`There are ${positive.length} texts of one kind and ${negative.length} of the other, and principal components need pairs. Write as many of each, or take the mean.`,
    );
  }
  if (positive.length < 2) throw noVariation();
}

async function principal(positive: readonly Float64Array[], negative: readonly Float64Array[]): Promise<Float64Array> {
  const direction = await principalComponent(positive.map((one, i) => difference(one, negative[i] as Float64Array)));
  if (!direction) throw noVariation();
  const signs = positive.map((one, i) => Math.sign(dot(one, direction) - dot(negative[i] as Float64Array, direction)));
  const turned = signs.reduce((sum, sign) => sum + sign, 0) < 0;
  return turned ? direction.map((value) => -value) : direction;
}

const noVariation = () =>
  new VitrineError(
    'directions.texts',
    sentence`Principal components need at least two pairs of texts that differ in different ways. Write more pairs, or take the mean.`,
  );

const difference = (a: Float64Array, b: Float64Array) => a.map((value, i) => value - (b[i] as number));
