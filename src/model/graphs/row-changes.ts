import type { Graph, Value } from '../onnx/graph';
import { addAxis, concat, replaceRows, splitInto, sum } from '../onnx/operations';
import { CHANGES } from './ports';

/**
 * Rows that a run replaces in the residual stream, or in what the parts of layers add to it, at each of some sites, and
 * none by default. Ports: `CHANGES`.
 *
 * Without rows an operation copies nothing: the runtime lets it write where the value already is.
 */
export class RowChanges {
  readonly #g: Graph;
  readonly #rows: Value[];
  readonly #values: Value[];

  /** @param width of a row */
  constructor(g: Graph, sites: number, width: number) {
    const sizes = g.input(CHANGES.counts, 'int64', [sites]);
    this.#g = g;
    this.#rows = splitInto(g, g.input(CHANGES.rows, 'int64', ['changes', 1]), 0, sizes, sites);
    this.#values = splitRows(g, g.input(CHANGES.values, 'float32', ['changes', width]), sizes, sites);
  }

  /** A value [N, width] at a site, with what the run changes of it. */
  at(site: number, x: Value): Value {
    return this.#g.within('instruments', () =>
      replaceRows(this.#g, x, this.#rows[site] as Value, this.#values[site] as Value),
    );
  }
}

/** How many parts a value is split into at once: a GPU's operation may give no more than 15. */
const AT_ONCE = 15;

/** Rows of a value in parts of given sizes, an int64 vector of `count` elements: in parts of parts where there are many. */
function splitRows(g: Graph, x: Value, sizes: Value, count: number): Value[] {
  if (count <= AT_ONCE) return count === 1 ? [x] : splitInto(g, x, 0, sizes, count);
  const size = Math.ceil(count / AT_ONCE);
  const counts = Array.from({ length: Math.ceil(count / size) }, (_, i) => Math.min(size, count - i * size));
  const sizesOfParts = splitInto(g, sizes, 0, g.constant('int64', counts), counts.length);
  const totals = concat(
    g,
    sizesOfParts.map((part) => addAxis(g, sum(g, part, 0), 0)),
    0,
  );
  const parts = splitInto(g, x, 0, totals, counts.length);
  return parts.flatMap((part, i) => splitRows(g, part, sizesOfParts[i] as Value, counts[i] as number));
}
