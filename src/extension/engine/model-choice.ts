import type { AskedStorage } from '../../shared/request-fields';
import { type ChosenModel, chosenModel } from '../found-models/chosen-model';
import { type SettingName, settings } from '../settings';

/** A model, and in what form an engine loads it. */
export interface LoadedForm extends ChosenModel {
  adapter: string | undefined;
  /** Whether the adapter is kept apart from the model, so that it can be given a gain. */
  adapterApart: boolean;
  weights: AskedStorage;
}

/** What an engine loads whenever it starts. */
export interface ModelChoice {
  /** @throws VitrineError where there is no such model. */
  current(): LoadedForm;
  /** The settings that it depends on: where one changes, the engine ends. */
  readonly settings: readonly SettingName[];
}

/** The model that the settings name. */
export const MODEL_OF_SETTINGS: ModelChoice = {
  current: () => ({
    ...chosenModel(),
    adapter: settings.adapter(),
    adapterApart: false,
    weights: settings.weights(),
  }),
  settings: ['model', 'adapter', 'weights'],
};
