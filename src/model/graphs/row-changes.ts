import type { Graph, Value } from '../onnx/graph';
import { addToRows, replaceRows, splitInto } from '../onnx/operations';
import { CHANGES } from './ports';

/**
 * Rows that a run replaces in the residual stream, or in what the parts of layers add to it, and rows that it adds to
 * them: at each of some sites, in order, and none by default. Ports: `CHANGES`.
 *
 * Without rows the operations copy nothing: the runtime lets them write where the value already is.
 */
export class RowChanges {
  readonly #g: Graph;
  readonly #replaced: { rows: Value[]; values: Value[] };
  readonly #added: { rows: Value[]; values: Value[] };

  /** @param width of a row */
  constructor(g: Graph, sites: number, width: number) {
    const inputs = (kind: keyof typeof CHANGES) => {
      const { counts, rows, values } = CHANGES[kind];
      const sizes = g.input(counts, 'int64', [sites]);
      const all = `${kind} rows`;
      return {
        rows: splitInto(g, g.input(rows, 'int64', [all, 1]), 0, sizes, sites),
        values: splitInto(g, g.input(values, 'float32', [all, width]), 0, sizes, sites),
      };
    };
    this.#g = g;
    this.#replaced = inputs('replaced');
    this.#added = inputs('added');
  }

  /** A value [N, width] at a site, with what the run changes of it. */
  at(site: number, x: Value): Value {
    const of = ({ rows, values }: { rows: Value[]; values: Value[] }) => [rows[site], values[site]] as [Value, Value];
    return addToRows(this.#g, replaceRows(this.#g, x, ...of(this.#replaced)), ...of(this.#added));
  }
}
