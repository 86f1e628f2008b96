import './sigmoid-plot';
import { html, type TemplateResult } from 'lit';
import { formatNats, formatPerplexity, formatProbability, spokenDigits } from '../../../../src/display/numbers';
import { t } from '../../../l10n';
import {
  crossEntropyFormula,
  fineTuningFormula,
  objectiveFormula,
  preferenceFormula,
  rewardModelFormula,
} from './formulas';
import type { PairNumbers } from './pair-numbers';

/** As many as it takes to see sums come out. */
const DECIMALS = 3;

/** One of the five steps from loss to reward. */
export interface Step {
  title: string;
  sentences: string;
  formula: TemplateResult;
  /** What comes out on the pair: a name and a number each. */
  values(numbers: PairNumbers): [name: string, value: string][];
  /** Drawn below the numbers. */
  picture?(numbers: PairNumbers): TemplateResult;
}

export function stepsOf(measure: string): Step[] {
  return [crossEntropyStep(), fineTuningStep(), rewardModelStep(), objectiveStep(), preferenceStep(measure)];
}

function crossEntropyStep(): Step {
  return {
    title: t('Cross-entropy'),
    sentences: t(
      'A model is first trained to predict text: each token costs −ln p, nothing where the model was certain of it and more the less probable it found it. The mean over all tokens is the loss, which training makes small.',
    ),
    formula: crossEntropyFormula(),
    values: ({ chosen, rejected, sameVocabulary }) => [
      [t('chosen answer, reference'), lossText(chosen.loss.reference, sameVocabulary)],
      [t('rejected answer, reference'), lossText(rejected.loss.reference, sameVocabulary)],
    ],
  };
}

function fineTuningStep(): Step {
  return {
    title: t('Supervised fine-tuning (SFT)'),
    sentences: t(
      'The same loss on examples of good answers. Only tokens of the answer count; the prompt is given. What it moved is the log-ratio ln π/π_ref.',
    ),
    formula: fineTuningFormula(),
    values: ({ chosen, rejected, sameVocabulary }) => [
      [t('chosen answer, reference → trained'), changeText(chosen.loss, sameVocabulary)],
      [t('rejected answer, reference → trained'), changeText(rejected.loss, sameVocabulary)],
    ],
  };
}

function rewardModelStep(): Step {
  return {
    title: t('Reward model'),
    sentences: t(
      'People say which of two answers they prefer. A second model learns a score r for each answer, so that σ of the difference is how often the one is preferred. That model is not here: write the scores that it might give.',
    ),
    formula: rewardModelFormula(),
    values: ({ rewardModel: { preference, loss } }) => [
      [t('the chosen one is preferred, σ'), formatProbability(preference)],
      [t('loss, −ln σ'), formatNats(loss, DECIMALS)],
    ],
  };
}

function objectiveStep(): Step {
  return {
    title: t('RLHF, with its KL term'),
    sentences: t(
      'Reinforcement learning makes the score large, and pays β for every nat by which π leaves the reference: without that term it finds texts that please the reward model and nobody else. Of one answer the term is β ln π/π_ref; its mean over what π writes is β KL.',
    ),
    formula: objectiveFormula(),
    values: ({ chosen, rejected }) =>
      (
        [
          [t('chosen answer, score − β ln π/π_ref'), chosen],
          [t('rejected answer, score − β ln π/π_ref'), rejected],
        ] as const
      ).map(([name, { rewarded }]) => [
        name,
        `${fixed(rewarded.objective + rewarded.penalty)} − (${fixed(rewarded.penalty)}) = ${fixed(rewarded.objective)}`,
      ]),
  };
}

function preferenceStep(measure: string): Step {
  return {
    title: t('Direct preference optimisation (DPO)'),
    sentences: t(
      'The exact solution of step 4 can be written down: then r is β ln π/π_ref plus a term of the prompt, which both answers share. So the loss of step 3 needs no reward model: the pair and the two models are enough.',
    ),
    formula: preferenceFormula(),
    values: ({ preference: { chosenReward, rejectedReward, margin, preference, loss } }) => [
      [t('chosen answer, {0}', measure), signed(chosenReward)],
      [t('rejected answer, {0}', measure), signed(rejectedReward)],
      [t('margin'), signed(margin)],
      [t('the chosen one is preferred, σ'), formatProbability(preference)],
      [t('loss, −ln σ'), formatNats(loss, DECIMALS)],
    ],
    picture: ({ preference: { margin } }) => html`<div class="plots">
      <vt-sigmoid-plot curve="preference" .margin=${margin}></vt-sigmoid-plot>
      <vt-sigmoid-plot curve="loss" .margin=${margin}></vt-sigmoid-plot>
    </div>`,
  };
}

/** Perplexity is of tokens, and those of two vocabularies are not alike. */
function lossText(nats: number, areTokens: boolean): string {
  if (!areTokens) return t('{0} a character', formatNats(nats, DECIMALS));
  return t('{0} a token, perplexity {1}', formatNats(nats, DECIMALS), formatPerplexity(Math.exp(nats)));
}

function changeText({ reference, policy }: { reference: number; policy: number }, areTokens: boolean): string {
  const [from, to] = [fixed(reference), formatNats(policy, DECIMALS)];
  return areTokens ? t('{0} → {1} a token', from, to) : t('{0} → {1} a character', from, to);
}

const fixed = (value: number) => spokenDigits(value.toFixed(DECIMALS)).replace('-', '−');

const signed = (value: number) => `${value > 0 ? '+' : ''}${fixed(value)}`;
