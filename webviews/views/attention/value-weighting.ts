import type { ViewStore } from '../../store/view-store';
import type { AttentionScope } from './attention-scope';

/** What the choice is kept under. */
export const VALUES = 'attention.values';

/** Whether somebody wants to see what heads write from each token, in place of attention weights. An exported file has only these. */
export const isValueWeighted = ({ viewState, isLive }: Pick<ViewStore, 'viewState' | 'isLive'>): boolean =>
  isLive && viewState.get<boolean>(VALUES, false);

/** How the engine is asked for it. */
export const weightingOf = ({ valueWeighted }: AttentionScope): { valueWeighted?: 'share' } =>
  valueWeighted ? { valueWeighted: 'share' } : {};
