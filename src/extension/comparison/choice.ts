import type { ComparedForm } from '../../shared/comparisons';
import type { ModelChoice, ServedForm } from '../engine/model-choice';
import { chosenModel, modelOfSetting } from '../found-models/chosen-model';
import { settings } from '../settings';

/** What a person holds the text against. */
export type ComparedChoice =
  /** Another model, as the setting `vitrine.model` would have it. */
  | { kind: 'model'; setting: string }
  /** An adapter on the model in use: the path of a folder or a file. */
  | { kind: 'adapter'; path: string }
  /** A model on a server, which a person has chosen in this window, and what that is called. */
  | { kind: 'server'; label: string; form: ServedForm }
  /** The model in use with its matrices kept otherwise, or quantised anew. */
  | { kind: 'weights'; weights: ComparedForm }
  /** The model in use, in another way: with the text as a message of its chat template, or with what is changed in it at present. */
  | { kind: 'chatTemplate' | 'heads' | 'steering' };

/** Whether it is of what the model in use is made of, which no server gives. */
export const isOfWeights = ({ kind }: ComparedChoice): boolean =>
  kind === 'adapter' || kind === 'weights' || kind === 'heads' || kind === 'steering';

/** What an engine of its own loads for it; undefined where the engine of the model in use does. */
export function engineChoiceOf(choice: ComparedChoice): ModelChoice | undefined {
  switch (choice.kind) {
    case 'model':
      return {
        current: () => ({
          kind: 'file',
          ...modelOfSetting(choice.setting),
          adapter: undefined,
          adapterApart: false,
          weights: settings.weights(),
        }),
        settings: ['weights'],
      };
    case 'server':
      return { current: () => choice.form, settings: [] };
    case 'adapter':
      return {
        current: () => ({
          kind: 'file',
          ...chosenModel(),
          adapter: choice.path,
          adapterApart: true,
          weights: settings.weights(),
        }),
        settings: ['model', 'weights'],
      };
    case 'weights':
      return {
        current: () => ({
          kind: 'file',
          ...chosenModel(),
          adapter: settings.adapter(),
          adapterApart: false,
          weights: choice.weights,
        }),
        settings: ['model', 'adapter'],
      };
    default:
      return undefined;
  }
}
