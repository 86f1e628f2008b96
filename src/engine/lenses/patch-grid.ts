import { sentence } from '../../shared/errors';
import type { ValidRequests } from '../../shared/requests';
import { branchWithout } from '../branches/ablated';
import { askedPair, checkAsLong } from '../branches/asked-pair';
import type { Branch } from '../branches/branch';
import { measureBranches } from '../branches/measure-branches';
import { partPatches, residualPatch } from '../branches/patched';
import { checkAttention, checkIndex, checkRange } from '../ranges';
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
    for (let layer = layers.from; layer < layers.to; layer++) {
      for (let column = columns.from; column < columns.to; column++) branches.push(cellOf(layer, column));
    }
    const last = residualOf(source, config.numHiddenLayers, position - 1, position);
    const clean = await logprobsOfTokens(model.sessions.unembedding, config, last, tokens);
    const logprobs = await measureBranches(model, trace, pair, branches, { signal, progress: progress('ablate') });
    return { logprobs, corrupt, clean };
  },
};

/** @throws VitrineError `request.range` of layers, positions or heads that there are not */
function checkCells(
  { site, layers, columns }: Pick<Asked, 'site' | 'layers' | 'columns'>,
  { model: { compiled }, trace }: LensContext,
): void {
  const { config } = compiled;
  checkIndex(sentence`layer`, layers.to - 1, config.numHiddenLayers);
  if (site !== 'head') {
    checkRange(trace, columns);
    return;
  }
  checkIndex(sentence`head`, columns.to - 1, config.numAttentionHeads);
  for (let layer = layers.from; layer < layers.to; layer++) checkAttention(config, layer);
}

function cellsOf(site: Asked['site'], trace: Trace, source: Trace, positions: number) {
  const patching = { trace, source };
  if (site === 'residual') return (layer: number, position: number) => residualPatch(patching, layer, position);
  if (site !== 'head') return partPatches(patching, site);
  return (layer: number, head: number) =>
    branchWithout({ kind: 'head', layer, head }, { kind: 'resample', trace: source }, trace, positions);
}
