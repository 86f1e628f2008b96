import { basename, resolve } from 'node:path';
import { placeOf } from '../../display/names';
import { formatDecimal } from '../../display/numbers';
import type { ModelInfo } from '../../shared/engine-api';
import type { AskedModels } from './asked-models';

/** What A and B are called, each otherwise than the other: two files may have one name, and one model is read in two ways. */
export function labelsOf(asked: AskedModels, models: { a: ModelInfo; b: ModelInfo }): { a: string; b: string } {
  const [pathA, pathB] = [asked.a.model, asked.b.model].map((path) => path && resolve(path));
  const isOneName = models.a.name === models.b.name;
  const isOneForm = models.a.weights === models.b.weights;
  const labelOf = ({ name, weights }: ModelInfo, path: string | undefined, other: string | undefined) => {
    const form = isOneName && !isOneForm ? `, ${weights}` : '';
    const place = isOneName && path !== other ? ` (${path ? placeOf(path, other ?? '') : 'comes with Vitrine'})` : '';
    return name + form + place;
  };
  return {
    a: labelOf(models.a, pathA, pathB),
    b: [labelOf(models.b, pathB, pathA), ...changesOf(asked)].join(', '),
  };
}

function changesOf({ changes: { chatTemplate, ablate, steer, gain } }: AskedModels): string[] {
  const heads = ablate.map(({ layer, head }) => `${layer}.${head}`).join(' ');
  return [
    ...(gain === undefined ? [] : [`gain ${formatDecimal(gain)}`]),
    ...(chatTemplate ? ['in its chat template'] : []),
    ...(heads ? [`without ${heads}`] : []),
    ...(steer ? [`${formatDecimal(steer.coefficient)} × ${basename(steer.path, '.gguf')}`] : []),
  ];
}
