import { rowAt, rowsOfTriangle, triangleAt, weightsOfBytes } from '../../src/recording/coded-weights';
import type { RecordedAttention } from '../../src/recording/recording';
import type { AttentionPattern } from '../../src/shared/engine-api';
import { isSameHead } from '../../src/shared/head-address';
import { answered, unanswered } from './unanswered';

/** A head, or the mean of a layer's heads. */
interface Whose {
  layer: number;
  head: number | undefined;
}

interface Rows {
  from: number;
  to: number;
}

/** The attention that was recorded. */
export class RecordedPatterns {
  readonly #recorded: RecordedAttention;

  constructor(recorded: RecordedAttention) {
    this.#recorded = recorded;
  }

  /** All rows in a picture of at most `size` rows and columns, or some rows as they are. @throws Error where it is not known */
  pattern(whose: Whose, rows: Rows | undefined, size: number): AttentionPattern {
    const { tokens, side } = this.#recorded;
    const whole = this.#whole(whose);
    if (whole && (rows !== undefined || size >= tokens)) {
      const { from, to } = rows ?? { from: 0, to: tokens };
      const weights = rowsOfTriangle(whole, from, to);
      return { rowBlock: 1, columnBlock: 1, rows: to - from, columns: to, maximum: weights, mean: weights };
    }
    if (rows !== undefined || size < side) throw unanswered();
    return this.#pooled(whose);
  }

  /** The weights of a token on the keys 0 to itself. @throws Error where they are not known */
  row(whose: Whose, query: number): Float32Array {
    const { pooled, heads, maximum, side, tokens } = this.#recorded;
    const rows = whose.head === undefined ? headsOf(whose.layer, heads) : [whose.layer * heads + whose.head];
    if (!pooled) return meanOf(rows.map((at) => rowAt(maximum, at, side, query)));
    const whole = this.#wholeOfPooled(whose);
    if (whole) return rowAt(whole, 0, tokens, query);
    if (pooled.row?.query !== query) throw unanswered();
    const weights = weightsOfBytes(pooled.row.weights);
    return meanOf(rows.map((at) => weights.subarray(at * (query + 1), (at + 1) * (query + 1))));
  }

  /** A triangle of all tokens, where there is one. */
  #whole(whose: Whose): Float32Array | undefined {
    const { layer, head } = whose;
    const { pooled, heads, maximum, side } = this.#recorded;
    if (pooled) {
      const pooled = this.#wholeOfPooled(whose);
      return pooled && weightsOfBytes(pooled);
    }
    const indices = head === undefined ? headsOf(layer, heads) : [layer * heads + head];
    return meanOf(indices.map((index) => triangleAt(maximum, index, side)));
  }

  #wholeOfPooled(whose: Whose): Uint8Array | undefined {
    return this.#recorded.pooled?.whole.find((one) => isSameHead(one, whose))?.weights;
  }

  #pooled({ layer, head }: Whose): AttentionPattern {
    const { side, block, heads, maximum, mean, pooled } = this.#recorded;
    const index = head === undefined ? layer : layer * heads + head;
    const pick = (ofHeads: Uint8Array | undefined, ofLayers: Uint8Array | undefined) =>
      rowsOfTriangle(triangleAt(answered(head === undefined ? ofLayers : ofHeads), index, side), 0, side);
    return {
      rowBlock: block,
      columnBlock: block,
      rows: side,
      columns: side,
      maximum: pick(maximum, pooled?.layerMaximum),
      mean: pick(mean, pooled?.layerMean),
    };
  }
}

export const headsOf = (layer: number, heads: number): number[] =>
  Array.from({ length: heads }, (_, head) => layer * heads + head);

export function meanOf(rows: readonly Float32Array[]): Float32Array {
  const [first = new Float32Array()] = rows;
  if (rows.length === 1) return first;
  return first.map((_, at) => rows.reduce((sum, row) => sum + (row[at] ?? 0), 0) / rows.length);
}
