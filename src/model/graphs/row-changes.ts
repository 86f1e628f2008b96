import type { Graph, Value } from '../onnx/graph';
import { replaceRows, splitInto } from '../onnx/operations';
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
    this.#values = splitInto(g, g.input(CHANGES.values, 'float32', ['changes', width]), 0, sizes, sites);
  }

  /** A value [N, width] at a site, with what the run changes of it. */
  at(site: number, x: Value): Value {
    return replaceRows(this.#g, x, this.#rows[site] as Value, this.#values[site] as Value);
  }
}
