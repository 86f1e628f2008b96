import { hasAttention, kindOf } from '../../model/config';
import { sentence } from '../../shared/errors';
import type { ValidRequests } from '../../shared/requests';
import { unembeddingUnder } from '../adapter-gain';
import { branchWithout } from '../branches/ablated';
import { askedPair, checkAsLong } from '../branches/asked-pair';
import type { Branch } from '../branches/branch';
import { measureBranches } from '../branches/measure-branches';
import { partPatches, residualPatches, samePositions } from '../branches/patched';
import { checkIndex, checkRange } from '../ranges';
import { residualOf, type Trace } from '../trace';
import { logprobsOfTokens } from '../unembed';
import type { LensContext, LensOf } from './lens';

type Asked = ValidRequests['patchGrid'];

/** How probable two tokens are in one run with what another gave at one place, for every place of a grid. */
export const patchGrid: LensOf<'patchGrid'> = {
  runsGraph: true,
  async answer({ site, layers, columns, source: sourceId, ...asked }, context) {
    const { model, trace, signal, progress } = context;
    const { config } = model.compiled;
    const source = model.traces.get(sourceId);
    checkAsLong(trace, source);
    checkCells({ site, layers, columns }, context);
    const pair = await askedPair(asked, context);
    const { position, tokens, base: corrupt } = pair;
    const cellOf = cellsOf(site, trace, source, position);
    const branches: Branch[] = [];
    /** Of each branch its place in the grid. */
    const cells: number[] = [];
    for (let layer = layers.from, cell = 0; layer < layers.to; layer++) {
      const isThere = site !== 'head' || hasAttention(kindOf(config, layer));
      for (let column = columns.from; column < columns.to; column++, cell++) {
        if (!isThere) continue;
        branches.push(cellOf(layer, column));
        cells.push(cell);
      }
    }
    const last = residualOf(source, config.numHiddenLayers, position - 1, position);
    const ofSource = unembeddingUnder(model.sessions, model.compiled, source.interventions);
    const clean = await logprobsOfTokens(ofSource, config, last, tokens);
    const found = await measureBranches(model, trace, pair, branches, { signal, progress: progress('ablate') });
    return { logprobs: spread(found, cells, sizeOf(layers) * sizeOf(columns)), corrupt, clean };
  },
};

const sizeOf = ({ from, to }: { from: number; to: number }) => Math.max(0, to - from);

/** [cell, 2], NaN where there is nothing to patch. @param pairs [N, 2], @param cells where each of them belongs */
function spread(pairs: Float32Array, cells: readonly number[], size: number): Float32Array {
  const grid = new Float32Array(size * 2).fill(Number.NaN);
  for (const [index, cell] of cells.entries()) grid.set(pairs.subarray(2 * index, 2 * index + 2), 2 * cell);
  return grid;
}

/** @throws VitrineError `request.range` of layers, positions or heads that there are not */
function checkCells(
  { site, layers, columns }: Pick<Asked, 'site' | 'layers' | 'columns'>,
  { model: { compiled }, trace }: LensContext,
): void {
  const { config } = compiled;
  checkIndex(sentence`layer`, layers.to - 1, config.numHiddenLayers);
  if (site === 'head') checkIndex(sentence`head`, columns.to - 1, config.numAttentionHeads);
  else checkRange(trace, columns);
}

/** A branch that nothing asked for belongs to. */
const SAME: Branch = { layer: 0, start: Number.POSITIVE_INFINITY };

/** The run with a cell's patch. */
function cellsOf(site: Asked['site'], trace: Trace, source: Trace, positions: number) {
  const patching = { trace, source };
  if (site === 'head') {
    const other = { kind: 'resample', trace: source } as const;
    return (layer: number, head: number) => branchWithout({ kind: 'head', layer, head }, other, trace, positions);
  }
  const same = samePositions(patching);
  const patched = site === 'residual' ? residualPatches(patching) : partPatches(patching, site);
  return (layer: number, position: number) => (position < same ? SAME : patched(layer, position));
}
