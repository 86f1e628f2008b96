import { ablations } from './ablations';
import { additions } from './additions';
import { attention } from './attention';
import { attentionOfQuery } from './attention-of-query';
import { continuation } from './continuation';
import { difference } from './difference';
import { distribution } from './distribution';
import { experts } from './experts';
import { headRow } from './head-row';
import { headSources } from './head-sources';
import { heads } from './heads';
import type { LensName, LensOf } from './lens';
import { logitLens } from './logit-lens';
import { neurons } from './neurons';
import { occlusion } from './occlusion';
import { partTimes } from './part-times';
import { patchGrid } from './patch-grid';
import { predictions } from './predictions';
import { residual } from './residual';
import { rollout } from './rollout';
import { thumbnails } from './thumbnails';
import { vectors } from './vectors';
import { why } from './why';

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
  additions,
  ablations,
  continuation,
  why,
  vectors,
  headRow,
  headSources,
  neurons,
  occlusion,
  patchGrid,
  difference,
  partTimes,
};
