import type { Part, Why } from '../../../../src/shared/why-api';
import { directOf } from './part';

/** Terms of the sum that are no part which could be switched off. */
export type Term = 'embedding' | 'interventions' | 'bias' | 'softCap' | 'remainder';

/** One term of the sum: from where to where it takes it, in nats. */
export interface Step {
  of: Part | { kind: Term };
  value: number;
  from: number;
  to: number;
}

/**
 * The difference of the two logits term by term, in the order in which the model computes them: what stands in the stream
 * at first, attention and MLP of every layer, the biases of the readout, what the run was changed by and a soft cap where
 * there are any, the remainder.
 */
export function stepsOf(why: Why): Step[] {
  const steps: Step[] = [];
  const add = (of: Step['of'], value: number) => {
    const from = steps.at(-1)?.to ?? 0;
    steps.push({ of, value, from, to: from + value });
  };
  add({ kind: 'embedding' }, why.embedding);
  for (const layer of why.mlps.keys()) {
    for (const kind of ['attention', 'mlp'] as const) add({ kind, layer }, directOf(why, { kind, layer }));
  }
  if (why.interventions) add({ kind: 'interventions' }, why.interventions);
  if (why.bias !== 0) add({ kind: 'bias' }, why.bias);
  if (why.softCap !== 0) add({ kind: 'softCap' }, why.softCap);
  add({ kind: 'remainder' }, why.remainder);
  return steps;
}
