import type { LayerKind } from '../config';
import type { Graph } from '../onnx/graph';
import {
  add,
  concat,
  dimension,
  divide,
  maximum,
  maximumOfRuns,
  mean,
  meanOfRuns,
  reshape,
  transpose,
} from '../onnx/operations';
import { attentionPattern, attentionScores } from './attention-scores';
import { ATTENTION } from './ports';

/**
 * The pattern of heads that share a key-value head, whole and pooled, from their queries and keys. It is the same for
 * every architecture and differs by the kind of the layer. Shapes: `ports.ts`.
 */
export function attentionLens(g: Graph, kind: LayerKind): void {
  const { headDim } = kind;
  const queries = g.input(ATTENTION.queries, 'float32', ['R', 'GD']);
  const keys = g.input(ATTENTION.keys, 'float32', ['K', headDim]);
  const mask = g.input(ATTENTION.mask, 'float32', ['R', 'K']);
  const blockRows = g.input(ATTENTION.blockRows, 'int64', [1]);
  const blockColumns = g.input(ATTENTION.blockColumns, 'int64', [1]);
  const rest = g.constant('int64', [-1]);
  const rows = dimension(g, mask, 0);
  const columns = dimension(g, mask, 1);
  const byHead = transpose(g, reshape(g, queries, [0, -1, headDim]), [1, 0, 2]);
  const heads = dimension(g, byHead, 0);

  const sinks = kind.hasSinks ? reshape(g, g.input(ATTENTION.sinks, 'float32', ['G']), [-1, 1, 1]) : undefined;

  const shape = concat(g, [heads, rows, columns], 0);
  const scores = attentionScores(g, kind, reshape(g, byHead, [-1, headDim]), keys, shape);
  const pattern = attentionPattern(g, add(g, scores, mask), sinks);
  const rowBlocks = divide(g, rows, blockRows);
  const columnBlocks = divide(g, columns, blockColumns);
  const runs = reshape(g, pattern, concat(g, [heads, rest, blockColumns], 0));
  const byBlock = concat(g, [heads, rowBlocks, blockRows, columnBlocks], 0);
  const blockMaximum = maximum(g, reshape(g, maximumOfRuns(g, runs), byBlock), 2);
  const blockMean = mean(g, reshape(g, meanOfRuns(g, runs), byBlock), 2);

  g.output(ATTENTION.pattern, pattern, 'float32', ['G', 'R', 'K']);
  g.output(ATTENTION.blockMaximum, blockMaximum, 'float32', ['G', 'R/rows', 'K/columns']);
  g.output(ATTENTION.blockMean, blockMean, 'float32', ['G', 'R/rows', 'K/columns']);
}
