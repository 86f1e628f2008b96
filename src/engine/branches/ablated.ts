import type { LayerPart } from '../../model/architectures/architecture';
import type { Part } from '../../shared/why-api';
import type { LayerChange } from '../layer-run';
import type { Trace } from '../trace';
import type { Beginning, Branch, TraceLayers } from './branch';
import type { TraceLayer } from './trace-layer';

/** What stands in place of what a part gives: itself times a number, its mean over the text, or what it gave in another run. */
export type Other = { kind: 'gain'; value: number } | { kind: 'mean' } | { kind: 'resample'; trace: Trace };

type Changes = Omit<LayerChange, 'sequence'>[];
type OfLayer = Exclude<Part, { kind: 'token' }>;

/** A run of a trace in which a part gives something else. @param positions those that are computed, from the first on */
export function branchWithout(part: Part, other: Other, trace: Trace, positions: number): Branch {
  if (part.kind === 'token') {
    const { position } = part;
    return { layer: 0, start: position + 1, hidden: { from: position, to: position + 1 } };
  }
  const { layer } = part;
  if (part.kind === 'layer' && other.kind === 'gain' && other.value !== 0) {
    return { layer, start: 0, leave: async (own) => multipliedLayer(own(trace), other.value, positions) };
  }
  return { layer, start: 0, enter: (own) => beginningWithout(part, other, own, trace, positions) };
}

async function beginningWithout(
  part: OfLayer,
  other: Other,
  own: TraceLayers,
  trace: Trace,
  positions: number,
): Promise<Beginning> {
  if (part.kind === 'head') {
    if (other.kind === 'gain') return { gain: { head: part.head, value: other.value } };
    return { changes: await otherHead(part.head, other, own, trace, positions) };
  }
  const places: LayerPart[] = part.kind === 'layer' ? ['attention', 'mlp'] : [part.kind];
  const changes: Changes = [];
  for (const place of places) {
    const rows = rowsOf(await otherValues(place, other, own, trace), positions);
    changes.push(...rows.map((values, position) => ({ place, position, values })));
  }
  return { changes };
}

/** What the output matrix reads of the heads, of which one gives something else. */
async function otherHead(
  head: number,
  other: Other,
  own: TraceLayers,
  trace: Trace,
  positions: number,
): Promise<Changes> {
  const given = rowsOf(await own(trace).part('heads'), positions);
  const instead = rowsOf(await otherValues('heads', other, own, trace), positions);
  const width = (given[0] as Float32Array).length / own(trace).headMask.length;
  return given.map((row, position) => {
    const values = row.slice();
    const of = (instead[position] as Float32Array).subarray(head * width, (head + 1) * width);
    values.set(of, head * width);
    return { place: 'heads', position, values };
  });
}

/** [positions, ..] */
async function otherValues(
  place: LayerChange['place'],
  other: Other,
  own: TraceLayers,
  trace: Trace,
): Promise<Float32Array> {
  if (other.kind === 'resample') return own(other.trace).part(place);
  const given = await own(trace).part(place);
  if (other.kind === 'gain') return given.map((value) => value * other.value);
  const mean = await own(trace).mean(place);
  const all = new Float32Array(given.length);
  for (let at = 0; at < all.length; at += mean.length) all.set(mean, at);
  return all;
}

/** What both parts of a layer give times a number: the feed-forward part reads what is left of the other. */
async function multipliedLayer(layer: TraceLayer, gain: number, positions: number) {
  const multiplied = (place: LayerPart, values: Float32Array): Changes =>
    rowsOf(values, positions).map((row, position) => ({ place, position, values: row.map((value) => value * gain) }));
  const attention = multiplied('attention', await layer.part('attention'));
  const mlp = multiplied('mlp', await layer.changed(attention, 'mlp'));
  const next = rowsOf(await layer.changed([...attention, ...mlp], 'next'), positions);
  return next.map((values, position) => ({ position, values }));
}

function rowsOf(values: Float32Array, positions: number): Float32Array[] {
  const width = values.length / positions;
  return Array.from({ length: positions }, (_, row) => values.subarray(row * width, (row + 1) * width));
}
