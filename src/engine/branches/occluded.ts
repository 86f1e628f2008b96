import type { Rows } from '../layer-run';
import type { Branch, ChangedRow } from './branch';

/** A run of a trace in which the tokens after a span may not look at it, in any layer. */
export const branchHiding = (span: Rows): Branch => ({ layer: 0, start: span.to, hidden: span });

/** A run of a trace in which a span has other tokens. @param embedded what enters the first layer of these, at all positions: [T, C] */
export function branchReplacing({ from, to }: Rows, embedded: Float32Array, width: number): Branch {
  const rows: ChangedRow[] = [];
  for (let position = from; position < to; position++) {
    rows.push({ position, values: embedded.subarray(position * width, (position + 1) * width) });
  }
  return { layer: 0, start: from, enter: async () => ({ rows }) };
}
