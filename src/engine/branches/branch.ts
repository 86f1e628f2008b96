import type { LayerChange, Rows } from '../layer-run';
import type { Trace } from '../trace';
import type { TraceLayer } from './trace-layer';

/** A run of the model that is as a trace's below a layer, and before a position in all layers. */
export interface Branch {
  /** The first layer in which it may differ. */
  layer: number;
  /** The first position at which it may differ. */
  start: number;
  /** Tokens that later ones may not look at, from its first layer on. */
  hidden?: Rows;
  /** What its first layer is fed otherwise; where the branch only hides tokens, nothing. */
  enter?(own: TraceLayers): Promise<Beginning>;
  /** In place of that: what leaves the layer otherwise than in the trace, which then need not be run. */
  leave?(own: TraceLayers): Promise<ChangedRow[]>;
}

/** A row, [C], of what enters or leaves a layer. */
export interface ChangedRow {
  position: number;
  values: Float32Array;
}

/** What the first layer of a branch is fed otherwise. */
export interface Beginning {
  rows?: ChangedRow[];
  /** What multiplies what a head gives, beside what the trace has. */
  gain?: { head: number; value: number };
  changes?: Omit<LayerChange, 'sequence'>[];
}

/** What traces gave in the layer where a branch begins, up to the positions that are computed. */
export type TraceLayers = (trace: Trace) => TraceLayer;
