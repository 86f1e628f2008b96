import type { HeadAddress } from '../../shared/head-address';
import type { AskedStorage } from '../../shared/request-fields';
import type { AskedSteering } from '../inspect/inspection';
import { refuseVocabularyAlone } from '../served/vocabulary';
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
export interface ModelsOptions extends Omit<ModelOptions, 'model' | 'server' | 'vocabulary' | 'weights'> {
  model?: string[];
  server?: string[];
  vocabulary?: string[];
  weights?: AskedStorage[];
  gain?: number;
  chatTemplate?: boolean;
  ablate?: HeadAddress[];
  steer?: AskedSteering;
}

const NOTHING_SAYS =
  'Nothing says what B is. Give a second --model PATH, --server URL, or --adapter PATH, --weights FORM, --chat-template, --ablate LAYER.HEAD or --steer PATH for the same model in another way.';

/**
 * A is the first model as it is; B is the second, or the first again, with all that changes it. A form of weights that is
 * given once is that of both, unless nothing else tells B from A.
 *
 * @throws UsageError where options do not go together, or nothing says what B is
 */
export function askedModels(options: ModelsOptions): AskedModels {
  const { model: models = [], weights: forms = [], adapter, provider, yes = false } = options;
  const { gain, chatTemplate = false, ablate = [], steer } = options;
  if (options.server) return askedOnServers({ ...options, server: options.server });
  refuseVocabularyAlone(options);
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

/**
 * With one server B is there, and A is on this machine: then the last model is the name of B. With two, A is there as well, and
 * what is given once is that of both.
 *
 * @throws UsageError where options do not go together
 */
function askedOnServers({
  model: models = [],
  server,
  vocabulary = [],
  weights = [],
  ...options
}: ServedModels): AskedModels {
  const { provider, yes = false } = options;
  if (server.length > 2) throw new UsageError('Two models are compared at a time: give --server once or twice.');
  if (models.length > 2) throw new UsageError('Two models are compared at a time: give --model once or twice.');
  if (vocabulary.length > server.length) throw new UsageError('Give --vocabulary once for each --server at most.');
  if (weights.length > 1) throw new UsageError('With --server, --weights is of A alone, which runs on this machine.');
  const [serverB = '', serverA] = server.toReversed();
  const [modelB, modelA = serverA && modelB] = models.toReversed();
  const [vocabularyB, vocabularyA = vocabularyB] = vocabulary.toReversed();
  const local = { model: modelA, provider, weights: weights[0] ?? 'auto', yes };
  return {
    a: serverA === undefined ? local : { model: modelA, server: serverA, vocabulary: vocabularyA, provider },
    b: { model: modelB, server: serverB, vocabulary: vocabularyB, provider },
    isOneModel: false,
    changes: { chatTemplate: false, ablate: [], steer: undefined, gain: undefined },
  };
}

type ServedModels = ModelsOptions & { server: string[] };
