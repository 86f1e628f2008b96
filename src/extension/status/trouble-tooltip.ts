import * as vscode from 'vscode';
import type { EngineState } from '../engine/engine-host';
import { type StatusFacts, troubleOf } from './status-text';

/** What happened, and what may mend it; nothing where there is no trouble. */
export function troubleTooltip(state: EngineState, server: StatusFacts['server']): vscode.MarkdownString | undefined {
  const message = troubleOf(state, vscode.l10n.t);
  if (message === undefined) return undefined;
  const { t } = vscode.l10n;
  const remedies = server
    ? { 'vitrine.restartEngine': t('Connect Again'), 'vitrine.useLocalModel': t('Use the Model on This Machine') }
    : { 'vitrine.restartEngine': t('Restart Engine'), 'vitrine.chooseModel': t('Choose Model…') };
  const links = { ...remedies, 'vitrine.showLog': t('Show Log') };
  const line = Object.entries(links).map(([command, title]) => `[${title}](command:${command})`);
  const markdown = new vscode.MarkdownString().appendText(message).appendMarkdown(`\n\n${line.join(' · ')}`);
  markdown.isTrusted = { enabledCommands: Object.keys(links) };
  return markdown;
}
