import { sentence, VitrineError } from '../../shared/errors';
import type { ValidRequests } from '../../shared/requests';
import type { Measured, Part } from '../../shared/why-api';
import { branchWithout, type Other } from '../branches/ablated';
import { askedPair, checkAsLong } from '../branches/asked-pair';
import { measureBranches } from '../branches/measure-branches';
import { refuseStates } from '../interventions/resolve';
import { checkAttention, checkHead, checkIndex, checkPosition } from '../ranges';
import type { Trace } from '../trace';
import type { LensContext, LensOf } from './lens';

/** How probable two tokens are with each of some parts of the model, or of the text, taken away by itself. */
export const ablations: LensOf<'ablations'> = {
  runsGraph: true,
  async answer({ parts, by, ...asked }, context): Promise<Measured> {
    const { model, trace, signal, progress } = context;
    for (const part of parts) checkPart(part, by, context);
    const pair = await askedPair(asked, context);
    const other = otherOf(by, context);
    const branches = parts.map((part) => branchWithout(part, other, trace, asked.position));
    const logprobs = await measureBranches(model, trace, pair, branches, { signal, progress: progress('ablate') });
    return { logprobs, base: pair.base };
  },
};

type By = ValidRequests['ablations']['by'];

function checkPart(part: Part, by: By, { model: { compiled }, trace }: LensContext): void {
  const { config } = compiled;
  if (part.kind === 'token') {
    checkPosition(trace, part.position);
    refuseStates(config);
    if (by.kind !== 'gain' || by.value !== 0) throw tokensAreHidden();
    return;
  }
  checkIndex(sentence`layer`, part.layer, config.numHiddenLayers);
  if (part.kind !== 'head') return;
  checkHead(config, part);
  checkAttention(config, part.layer);
}

/** What stands in place of what a part gives. */
function otherOf(by: By, { model, trace }: LensContext): Other {
  if (by.kind !== 'resample') return by;
  const other: Trace = model.traces.get(by.trace);
  checkAsLong(trace, other);
  return { kind: 'resample', trace: other };
}

const tokensAreHidden = () =>
  new VitrineError(
    'request.range',
    sentence`A token can only be hidden from later ones, which is a gain of 0. Take tokens away by that, or choose parts of the model.`,
  );
