import type { HeadAddress } from '../../shared/head-address';
import type { AskedStorage } from '../../shared/request-fields';
import type { AskedSteering } from '../inspect/inspection';
import type { ModelOptions } from '../session';
import { UsageError } from '../usage-error';

/** What B computes or reads otherwise than its files say. */
export interface AskedChanges {
  chatTemplate: boolean;
  ablate: readonly HeadAddress[];
  steer: AskedSteering | undefined;
  /** Of an adapter that is kept apart. */
  gain: number | undefined;
}

/** The two models of a comparison. */
export interface AskedModels {
  a: ModelOptions;
  b: ModelOptions;
  /** Whether one engine reads for both: B is then A with changes. */
  isOneModel: boolean;
  changes: AskedChanges;
}

/** What a person says of them. */
export interface ModelsOptions extends Omit<ModelOptions, 'model' | 'weights'> {
  model?: string[];
  weights?: AskedStorage[];
  gain?: number;
  chatTemplate?: boolean;
  ablate?: HeadAddress[];
  steer?: AskedSteering;
}

const NOTHING_SAYS =
  'Nothing says what B is. Give a second --model PATH, or --adapter PATH, --weights FORM, --chat-template, --ablate LAYER.HEAD or --steer PATH for the same model in another way.';

/**
 * A is the first model as it is; B is the second, or the first again, with all that changes it. A form of weights that is
 * given once is that of both, unless nothing else tells B from A.
 *
 * @throws UsageError where options do not go together, or nothing says what B is
 */
export function askedModels(options: ModelsOptions): AskedModels {
  const { model: models = [], weights: forms = [], adapter, provider, yes = false } = options;
  const { gain, chatTemplate = false, ablate = [], steer } = options;
  if (models.length > 2) throw new UsageError('Two models are compared at a time: give --model once or twice.');
  if (forms.length > 2) throw new UsageError('--weights is of both models, or given twice of A and of B.');
  if (gain !== undefined && adapter === undefined) throw new UsageError('--gain belongs to --adapter PATH.');
  const isOther = models.length === 2 || adapter !== undefined;
  const isChanged = chatTemplate || ablate.length > 0 || steer !== undefined;
  if (!isOther && !isChanged && forms.length === 0) throw new UsageError(NOTHING_SAYS);
  const [form = 'auto', formB = form] = forms;
  const formA = forms.length === 1 && !isOther && !isChanged ? 'auto' : form;
  const [model, modelB = model] = models;
  return {
    a: { model, provider, weights: formA, yes },
    b: { model: modelB, adapter, adapterApart: true, provider, weights: formB, yes },
    isOneModel: !isOther && formA === formB,
    changes: { chatTemplate, ablate, steer, gain },
  };
}
