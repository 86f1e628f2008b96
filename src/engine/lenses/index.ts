import { attention } from './attention';
import { attentionOfQuery } from './attention-of-query';
import { continuation } from './continuation';
import { distribution } from './distribution';
import { experts } from './experts';
import { headAblations } from './head-ablations';
import { headSources } from './head-sources';
import { heads } from './heads';
import type { LensName, LensOf } from './lens';
import { logitLens } from './logit-lens';
import { neurons } from './neurons';
import { predictions } from './predictions';
import { residual } from './residual';
import { rollout } from './rollout';
import { thumbnails } from './thumbnails';
import { vectors } from './vectors';
import { why } from './why';

const unbuilt = {
  runsGraph: true,
  answer(): never {
    throw new Error('not built yet');
  },
};

/** What answers each request that names a trace. */
export const lenses: { readonly [M in LensName]: LensOf<M> } = {
  predictions,
  heads,
  experts,
  thumbnails,
  attention,
  attentionOfQuery,
  rollout,
  logitLens,
  distribution,
  residual,
  headAblations,
  continuation,
  why,
  vectors,
  headSources,
  neurons,
  ablations: unbuilt,
  occlusion: unbuilt,
  patchGrid: unbuilt,
};
