import * as vscode from 'vscode';
import type { Analyses } from '../analysis/analyses';
import { heatedTokens } from './heated-tokens';

const EVERYTHING = { start: 0, end: Number.POSITIVE_INFINITY };

/** Says why nothing is coloured, where the model has read what was asked for and no token of that has a prediction. */
export async function tellIfUnpredicted(document: vscode.TextDocument, analyses: Analyses): Promise<void> {
  const known = analyses.get(document);
  if (!known?.analysis.complete) return;
  const tokens = [...heatedTokens(known, EVERYTHING)];
  if (tokens.length === 0 || tokens.some(({ part, index }) => !Number.isNaN(part.predictions.logprob[index]))) return;
  const { t } = vscode.l10n;
  const sentence = t('Nothing predicts the first token that the model reads, so it has no colour.');
  const isCutOff = analyses.mode === 'selectionAlone' && tokens.some(({ span }) => span.start > 0);
  if (!isCutOff) {
    void vscode.window.showInformationMessage(`${sentence} ${t('Select more than that.')}`);
    return;
  }
  const readOn = t('Read With the Text Before');
  const chosen = await vscode.window.showInformationMessage(sentence, readOn);
  if (chosen) await vscode.commands.executeCommand('vitrine.toggleReadingMode');
}
