import * as vscode from 'vscode';
import { formatBits } from '../../display/numbers';
import { shareOf } from '../../display/quantities';
import { levelOf } from '../../display/tints';
import type { Readings } from '../readings/readings';
import { bitsIn } from './colour-choice';
import type { DocumentHeat } from './heat-overlay';
import { type HeatToken, heatTokens } from './heat-tokens';
import { underlineOf } from './quantities';

const EVERYTHING = { start: 0, end: Number.POSITIVE_INFINITY };

/** Says why nothing is coloured, where the model has read what was asked for and nothing of that is to be seen. */
export async function explainNoColour(heat: DocumentHeat | undefined, { mode }: Readings): Promise<void> {
  if (!heat?.known?.reading.complete) return;
  const tokens = [...heatTokens(heat.known, EVERYTHING)];
  if (tokens.length === 0) return;
  const predicted = tokens.filter(({ part, index }) => !Number.isNaN(part.predictions.logprob[index]));
  const isCutOff = mode === 'selectionAlone' && tokens.some(({ span }) => span.start > 0);
  if (predicted.length === 0) await tellUnpredicted(isCutOff);
  else if (!predicted.some((token) => isVisible(token, heat))) tellFaint(predicted, heat);
}

async function tellUnpredicted(isCutOff: boolean): Promise<void> {
  const { t } = vscode.l10n;
  const sentence = t('Nothing predicts the first token that the model reads, so it has no colour.');
  if (!isCutOff) {
    void vscode.window.showInformationMessage(`${sentence} ${t('Select more than that.')}`);
    return;
  }
  const readOn = t('Read With the Text Before');
  const chosen = await vscode.window.showInformationMessage(sentence, readOn);
  if (chosen) await vscode.commands.executeCommand('vitrine.toggleReadingMode');
}

function isVisible(token: HeatToken, { quantity, isColoured, known }: DocumentHeat): boolean {
  const { part, index } = token;
  const vocabulary = known?.reading.model.vocabSize ?? 0;
  const isTinted = levelOf(shareOf(quantity, part.predictions, index, vocabulary)) > 0;
  return isColoured(token) && (isTinted || underlineOf(quantity, part, index) !== undefined);
}

function tellFaint(tokens: readonly HeatToken[], { quantity, isColoured }: DocumentHeat): void {
  const { t } = vscode.l10n;
  const most = formatBits(Math.max(...tokens.map(({ part, index }) => bitsIn(quantity, part, index))));
  const sentence = () => {
    if (!tokens.some(isColoured)) {
      return t('vitrine.colourFrom and vitrine.colourComments leave all of this without a colour: at most {0}.', most);
    }
    return tokens.length === 1
      ? t('The model expected this: {0}, too little for a colour.', most)
      : t('The model expected all of this: at most {0}, too little for a colour.', most);
  };
  void vscode.window.showInformationMessage(sentence());
}
