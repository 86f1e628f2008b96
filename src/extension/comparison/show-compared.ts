import * as vscode from 'vscode';
import type { Decorations } from '../decorations/decorations';
import type { Services } from '../services';

/** Loads what was chosen to compare with, and offers where the difference is seen, unless a text shows it already. */
export async function showCompared({ comparison }: Services, decorations: Decorations): Promise<void> {
  if (vscode.window.visibleTextEditors.some(({ document }) => decorations.isOfDifference(document))) return;
  const { choice } = comparison;
  await comparison.load();
  const { state } = comparison;
  if (!state || comparison.choice !== choice) return;
  const { t } = vscode.l10n;
  const [colour, inspect] = [t('Colour by Difference'), t('Open in the Inspector')];
  const told = t('A ({0}) is compared with B ({1}).', state.a.label, state.b.label);
  const chosen = await vscode.window.showInformationMessage(told, colour, inspect);
  if (chosen === colour) await vscode.commands.executeCommand('vitrine.colourByDifference');
  if (chosen === inspect) await vscode.commands.executeCommand('vitrine.inspectSelection', 'difference');
}
