import { EPOCH, optimalTokens } from '../../../../src/anatomy/scaling-laws';
import type { ModelAnatomy } from '../../../../src/shared/anatomy-api';
import type { ViewStore } from '../../../store/view-store';
import { embeddingWeights, metParameters, type Training } from './training';
import { typedTokens } from './typed-tokens';

/** What a person says about a model: its tokens as they are typed, and a size and tokens to look at in place of its own; 0 is its own. */
export interface TrainingChoice {
  typed: string;
  parameters: number;
  tokens: number;
}

const NOTHING: TrainingChoice = { typed: '', parameters: 0, tokens: 0 };

/** A choice holds for the model that it was made for. */
const keyOf = (name: string, { state }: ViewStore) => `training.${name}.${state.model?.sha256 ?? ''}`;

export function trainingChoice(store: ViewStore): TrainingChoice {
  const { viewState } = store;
  return {
    typed: viewState.get(keyOf('typed', store), NOTHING.typed),
    parameters: viewState.get(keyOf('parameters', store), NOTHING.parameters),
    tokens: viewState.get(keyOf('tokens', store), NOTHING.tokens),
  };
}

export function chooseTraining(store: ViewStore, changed: Partial<TrainingChoice>): void {
  for (const [name, value] of Object.entries(changed)) store.viewState.set(keyOf(name, store), value);
}

/** The model's own: its tokens are typed, known, or else the best for its size. */
export function ownTraining(store: ViewStore, anatomy: ModelAnatomy): Training {
  const parameters = metParameters(anatomy);
  return {
    parameters,
    withoutEmbeddings: parameters - embeddingWeights(anatomy),
    tokens:
      typedTokens(trainingChoice(store).typed) ?? anatomy.trainingTokens?.count ?? optimalTokens(EPOCH, parameters),
  };
}

/** That, or what was chosen in its place: of another size nobody knows what its embedding takes. */
export function chosenTraining(store: ViewStore, anatomy: ModelAnatomy): Training {
  const own = ownTraining(store, anatomy);
  const { parameters, tokens } = trainingChoice(store);
  return {
    parameters: parameters || own.parameters,
    withoutEmbeddings: parameters || own.withoutEmbeddings,
    tokens: tokens || own.tokens,
  };
}
