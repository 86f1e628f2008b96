import { basename, extname } from 'node:path';
import * as vscode from 'vscode';
import type { FunnelPage } from '../../datasets/funnel-page/funnel-page';
import type { FunnelHost } from '../../shared/funnel-page-api';

/** What the page of filters may ask, with the dialogs that it takes. */
export function funnelHostOf(uri: vscode.Uri, funnel: FunnelPage): Omit<FunnelHost, 'openInFile'> {
  return {
    openFunnel: () => funnel.open(),
    readDocuments: () => funnel.read(),
    stopReading: () => funnel.stopReading(),
    choosePreset: (preset) => funnel.choosePreset(preset),
    readWanted: () => funnel.readWanted(),
    resetChoices: () => funnel.resetChoices(),
    setThreshold: ({ measure, threshold }) => funnel.setThreshold(measure, threshold),
    setRule: ({ rule, isOn }) => funnel.setRule(rule, isOn),
    removed: ({ rule, measure, from, count }) => funnel.removed(rule, measure, from, count),
    wouldRemove: (rule) => funnel.wouldRemove(rule),
    nearThreshold: ({ measure, count }) => funnel.nearThreshold(measure, count),
    document: ({ index, measure }) => funnel.document(index, measure),
    pair: ({ left, right }) => funnel.pair(left, right),
    exportDocuments: async ({ what }) => {
      const name = `${basename(uri.fsPath, extname(uri.fsPath))}.${what}.jsonl`;
      const chosen = await vscode.window.showSaveDialog({ defaultUri: vscode.Uri.joinPath(uri, '..', name) });
      if (chosen) await funnel.export(what, chosen.fsPath);
    },
    stopExport: () => funnel.stopExport(),
    openWritten: async () => {
      if (funnel.writtenPath) await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(funnel.writtenPath));
    },
    chooseQuestions: async () => {
      const filters = { [vscode.l10n.t('Questions')]: ['txt', 'jsonl'] };
      const [chosen] = (await vscode.window.showOpenDialog({ filters })) ?? [];
      if (chosen) await funnel.useQuestions(chosen.fsPath);
    },
    readByModel: () => funnel.readByModel(),
    stopModel: async () => funnel.stopModel(),
  };
}
