import { checkAttention, checkHead } from '../ranges';
import { residualOf } from '../trace';
import { questionOf } from '../why/asked';
import { Attribution } from '../why/attribution';
import { ChangedRow } from '../why/changed-row';
import { directionsOfLayers } from '../why/direction';
import { ValueNorms } from '../why/value-norms';
import type { LensOf } from './lens';

/** What one head brings from each token for a token and against another. */
export const headSources: LensOf<'headSources'> = {
  runsGraph: true,
  async answer({ layer, head, ...asked }, context) {
    const { trace } = context;
    const { compiled, sessions } = context.model;
    checkHead(compiled.config, { layer, head });
    checkAttention(compiled.config, layer);
    const { position, direction } = await questionOf(asked, context);
    new ChangedRow(compiled, trace, position - 1).check(layer, 'attention');
    const u = directionsOfLayers(compiled, direction.values)[layer] as Float64Array;
    const { heads } = await new Attribution(sessions, compiled, trace, position).layer(layer, u);
    if (!heads) throw new Error(`layer ${layer} has no attention`);
    const ofHead = (all: Float32Array) => all.slice(head * position, (head + 1) * position);
    const weights = ofHead(heads.pattern);
    const residual = residualOf(trace, layer, 0, position);
    const { interventions } = trace;
    const lengths = await new ValueNorms(sessions, compiled, { layer, head, count: 1 }, interventions).of(residual);
    const gain = Math.abs(interventions.headMask[layer * compiled.config.numAttentionHeads + head] as number);
    return {
      weights,
      values: ofHead(heads.contributions),
      norms: weights.map((weight, key) => gain * weight * (lengths[key] as number)),
    };
  },
};
