import { DEFAULT_BETA } from '../../../../src/comparison/rewards';
import type { PreferenceTexts } from '../../../../src/shared/chat';
import { t } from '../../../l10n';
import type { ViewState } from '../../../store/view-state';

/** What a person has chosen to look at: a prompt with two answers, and what the formulas take beside them. */
export interface PairChoice extends PreferenceTexts {
  /** Whether the prompt goes through each model's template; else an answer stands right behind it. */
  isChat: boolean;
  /** The model that was trained from the other one. */
  trained: 'a' | 'b';
  beta: number;
  /** What a reward model might give each answer. */
  chosenScore: number;
  rejectedScore: number;
}

/** Kept under these names, and forgotten where somebody goes back to the example. */
const TEXTS = ['prompt', 'chosen', 'rejected'] as const;
/** No text that anybody writes: nothing was written, and the example stands there. */
const UNWRITTEN = '\u0000';

/** @param inspected the pair that the inspected text belongs to, which is then the example */
export function readChoice(viewState: ViewState, inspected: PreferenceTexts | undefined): PairChoice {
  const get = <T extends string | number | boolean>(name: keyof PairChoice, byDefault: T) =>
    viewState.get(`rewards.${name}`, byDefault);
  const isChat = get('isChat', true);
  const example = exampleOf(isChat, inspected ?? capitalOfFrance());
  const text = (name: (typeof TEXTS)[number]) => {
    const written = get(name, UNWRITTEN);
    return written === UNWRITTEN ? example[name] : written;
  };
  return {
    prompt: text('prompt'),
    chosen: text('chosen'),
    rejected: text('rejected'),
    isChat,
    trained: get<string>('trained', 'b') === 'a' ? 'a' : 'b',
    beta: get('beta', DEFAULT_BETA),
    chosenScore: get('chosenScore', 1),
    rejectedScore: get('rejectedScore', -1),
  };
}

export function writeChoice(viewState: ViewState, changed: Partial<PairChoice>): void {
  for (const [name, value] of Object.entries(changed)) viewState.set(`rewards.${name}`, value);
}

export function writeExample(viewState: ViewState): void {
  for (const name of TEXTS) viewState.set(`rewards.${name}`, UNWRITTEN);
}

function exampleOf(isChat: boolean, pair: PreferenceTexts): PreferenceTexts {
  const { prompt, chosen, rejected } = pair;
  return isChat ? pair : { prompt: `${prompt}\n${t('Answer:')}`, chosen: ` ${chosen}`, rejected: ` ${rejected}` };
}

const capitalOfFrance = (): PreferenceTexts => ({
  prompt: t('What is the capital of France?'),
  chosen: t('The capital of France is Paris.'),
  rejected: t('That is a good question, and many people ask it.'),
});
