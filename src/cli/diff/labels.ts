import { basename, resolve } from 'node:path';
import { placeOf, withGain } from '../../display/names';
import { formatDecimal } from '../../display/numbers';
import type { ModelInfo } from '../../shared/engine-api';
import type { AskedModels } from './asked-models';

/** Both models with what they are called, each otherwise than the other: two files may have one name, and one model is read in two ways. */
export function labelled<T extends { model: ModelInfo }>(
  asked: AskedModels,
  { a, b }: { a: T; b: T },
): Record<'a' | 'b', T & { label: string }> {
  const [pathA, pathB] = [asked.a.model, asked.b.model].map((path) => path && resolve(path));
  const isOneName = a.model.name === b.model.name;
  const isOneForm = a.model.weights === b.model.weights;
  const { gain } = asked.changes;
  const labelOf = (
    { name, server, weights, adapter }: ModelInfo,
    path: string | undefined,
    other: string | undefined,
  ) => {
    if (server) return `${name} on ${server.host}`;
    const form = isOneName && !isOneForm ? `, ${weights}` : '';
    const place = isOneName && path !== other ? ` (${path ? placeOf(path, other ?? '') : 'comes with Vitrine'})` : '';
    return (adapter === undefined ? name : withGain(name, adapter, gain)) + form + place;
  };
  return {
    a: { ...a, label: labelOf(a.model, pathA, pathB) },
    b: { ...b, label: [labelOf(b.model, pathB, pathA), ...changesOf(asked)].join(', ') },
  };
}

function changesOf({ changes: { chatTemplate, ablate, steer } }: AskedModels): string[] {
  const heads = ablate.map(({ layer, head }) => `${layer}.${head}`).join(' ');
  return [
    ...(chatTemplate ? ['in its chat template'] : []),
    ...(heads ? [`without ${heads}`] : []),
    ...(steer ? [`${formatDecimal(steer.coefficient)} × ${basename(steer.path, '.gguf')}`] : []),
  ];
}
