import type { Capability } from './capabilities';
import type { ViewName } from './inspector-api';
import type { RequestName } from './requests';

/** What each request of the engine takes; those that are not named here every model answers. */
export const NEEDED = {
  score: 'hasLogprobs',
  scoreInBackground: 'hasLogprobs',
  predictions: 'hasLogprobs',
  vocabulary: 'hasVocabulary',
  composition: 'hasVocabulary',
  distribution: 'hasDistributions',
  difference: 'hasDistributions',
  shareDistributions: 'hasDistributions',
  continuation: 'hasContinuations',
  heads: 'hasAttention',
  thumbnails: 'hasAttention',
  attention: 'hasAttention',
  attentionOfQuery: 'hasAttention',
  headRow: 'hasAttention',
  headSources: 'hasAttention',
  rollout: 'hasAttention',
  experts: 'hasResidualStream',
  logitLens: 'hasResidualStream',
  residual: 'hasResidualStream',
  additions: 'hasResidualStream',
  why: 'hasResidualStream',
  neurons: 'hasResidualStream',
  vectors: 'hasResidualStream',
  directions: 'hasResidualStream',
  ablations: 'hasInterventions',
  occlusion: 'hasInterventions',
  patchGrid: 'hasInterventions',
  controlVector: 'hasInterventions',
  controlVectorFile: 'hasInterventions',
  anatomy: 'hasWeights',
  matrixImage: 'hasWeights',
  singularValues: 'hasWeights',
  weightBlock: 'hasWeights',
  undertrained: 'hasWeights',
  verifyUndertrained: 'hasWeights',
  partTimes: 'hasWeights',
} as const satisfies Partial<Record<RequestName, Capability>>;

/** Without which there is nothing to see in a view; those that are not named here are of every model. */
export const VIEW_NEEDS: Partial<Record<ViewName, Capability>> = {
  probabilities: 'hasLogprobs',
  continue: 'hasContinuations',
  attention: 'hasAttention',
  layers: 'hasResidualStream',
  why: 'hasResidualStream',
  compare: 'hasLogprobs',
  difference: 'hasLogprobs',
  anatomy: 'hasWeights',
};
