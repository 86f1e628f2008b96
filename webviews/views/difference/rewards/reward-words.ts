import { visibleText } from '../../../../src/display/glyphs';
import { formatNatsChange } from '../../../../src/display/numbers';
import type { ComparisonKind } from '../../../../src/shared/difference-api';
import type { ModelInfo } from '../../../../src/shared/engine-api';
import { t } from '../../../l10n';
import { mostLessened, type PairNumbers } from './pair-numbers';

/** Whether the log-ratio of a model may be called a reward: its file has to say that it was trained on preferences. */
export const hasReward = (model: ModelInfo | undefined): boolean => model?.preferenceTraining !== undefined;

/** What β ln π/π_ref is called. */
export function measureName(trained: ModelInfo | undefined): string {
  return hasReward(trained) ? t('implicit reward') : t('β × log-ratio');
}

/** What ratios are of where both models have the same weights; undefined where training may lie between them. */
export function untrainedSentence(kind: ComparisonKind | undefined): string | undefined {
  switch (kind) {
    case 'chatTemplate':
      return t(
        'Nothing was trained between A and B: here both are the same model and read the same prompt, so every ratio is 0, and the formulas are shown on the numbers of A alone. To see what training moved, compare a model with the one that it was trained from.',
      );
    case 'heads':
    case 'steering':
    case 'weights':
      return t(
        'Nothing was trained between A and B: the ratios are those of the change that you chose, in the same model. To see what training moved, compare a model with the one that it was trained from.',
      );
    default:
      return undefined;
  }
}

/** Whether the numbers of a trained model may be called a reward. @param name of the model */
export function trainedSentence(trained: ModelInfo | undefined, name: string): string {
  const said = trained?.preferenceTraining;
  return said === undefined
    ? t(
        'The file of {0} does not say that it was trained on preferences. What stands here is then what training moved, times β, and no reward: fine-tuning on examples moves log-ratios too.',
        name,
      )
    : t(
        'The file of {0} names {1}: it was trained on preferences, and the sum of β ln π/π_ref over an answer is its implicit reward.',
        name,
        said,
      );
}

/** What a reward can be held against. */
export const rewardSentence = (): string =>
  t(
    'A reward of an answer is known only up to a term that depends on the prompt alone, so only answers to the same prompt can be held against each other. The β of the training is in no file: 0.1 is what most libraries begin with.',
  );

/** Why a token of a chosen answer, or a part, may be below 0. */
export function tokenSentence({ chosen, sameVocabulary }: PairNumbers): string {
  const token = mostLessened(chosen);
  const why = sameVocabulary
    ? t(
        'The log-ratio of one token is an advantage: reward, and the value of where the text now stands, less the value of where it stood. It may be below 0 in an answer that was chosen; only the sum over the answer speaks of the answer.',
      )
    : t(
        'The log-ratio of one part is an advantage: reward, and the value of where the text now stands, less the value of where it stood. It may be below 0 in an answer that was chosen; only the sum over the answer speaks of the answer.',
      );
  if (!token) return why;
  return `${t('In the chosen answer “{0}” has {1}, and the whole answer {2}.', visibleText(token.text), formatNatsChange(token.ratio), formatNatsChange(chosen.ratio))} ${why}`;
}
