import { basename, dirname, extname, join } from 'node:path';
import * as vscode from 'vscode';
import type { BackgroundReader } from '../../background/background-reader';
import { startFunnel } from '../../datasets/funnel/start-funnel';
import { FunnelPage } from '../../datasets/funnel-page/funnel-page';
import { LengthsPage } from '../../datasets/lengths/lengths-page';
import { DatasetList } from '../../datasets/list/dataset-list';
import type { DatasetEvents, DatasetHost } from '../../shared/dataset-api';
import type { ChatTemplates } from '../chat/chat-templates';
import type { TokenSource } from '../documents/token-source';
import { errorText, sentenceText } from '../error-text';
import { webviewOptions, webviewPage } from '../inspector/page';
import { spokenLanguage } from '../spoken-language';
import { connectWebview } from '../webview-rpc';
import { funnelHostOf } from './funnel-host';
import { counterOf, lengthsHostOf, modelVocabulary, vocabulariesOf } from './lengths-host';
import { checkedMethod } from './requests';
import type { DatasetModels } from './row-models';
import type { SingleLines } from './single-lines';

export const LIST_EDITOR = 'vitrine.datasetList';

/** What all lists of a window share. */
export interface ListParts {
  context: vscode.ExtensionContext;
  reader: BackgroundReader;
  models: DatasetModels;
  /** Fires when other models may be in use. */
  onDidChangeModels: vscode.Event<void>;
  lines: SingleLines;
  tokens: TokenSource;
  templates: ChatTemplates;
}

/** A data set, of which one sees the rows and what filters make of them. */
export class ListEditor implements vscode.CustomReadonlyEditorProvider {
  readonly #parts: ListParts;

  constructor(parts: ListParts) {
    this.#parts = parts;
  }

  openCustomDocument(uri: vscode.Uri): vscode.CustomDocument {
    return { uri, dispose: () => {} };
  }

  async resolveCustomEditor({ uri }: vscode.CustomDocument, panel: vscode.WebviewPanel): Promise<void> {
    const { context, reader, models, onDidChangeModels, tokens } = this.#parts;
    const size = () => ({ rows: list.state.rows, bytes: list.state.bytes });
    const list: DatasetList = new DatasetList({
      path: uri.fsPath,
      reader,
      models: () => models.load(size()),
      folder: join(context.globalStorageUri.fsPath, 'results'),
      changed: () => void rpc.changed(list.state),
      text: sentenceText,
      errorText,
    });
    const funnel = new FunnelPage({
      path: uri.fsPath,
      folder: join(context.globalStorageUri.fsPath, 'funnels'),
      results: join(context.globalStorageUri.fsPath, 'results'),
      reader,
      model: () => models.textModel(size()),
      tokenSample: () => lengths.sample(),
      vocabulary: () => lengths.vocabularyTitle,
      choices: context.workspaceState.get(choicesKey(uri)),
      chose: (choices) => void context.workspaceState.update(choicesKey(uri), choices),
      start: startFunnel,
      decided: () => void lengths.decided(),
      changed: () => void rpc.funnelChanged(funnel.state),
      text: sentenceText,
      errorText,
    });
    const lengths = new LengthsPage({
      path: uri.fsPath,
      vocabularies: () => vocabulariesOf(tokens),
      counter: (vocabulary, source) => counterOf(this.#parts, vocabulary, source),
      kept: () => funnel.kept(),
      text: sentenceText,
      changed: () => void rpc.lengthsChanged(lengths.state),
      counted: () => void funnel.tokensChanged(),
      errorText,
    });
    panel.webview.options = webviewOptions(context.extensionUri);
    const host = this.#hostOf(uri, list, funnel, lengths);
    const { rpc, connection } = connectWebview<DatasetEvents>(panel.webview, (name) => checkedMethod(host, name), [
      'changed',
      'funnelChanged',
      'lengthsChanged',
    ]);
    let key = models.key;
    let vocabulary = modelVocabulary(tokens);
    const renew = async () => {
      if (await list.renewIfChanged()) await Promise.all([funnel.renew(), lengths.renew()]);
    };
    const watcher = vscode.workspace.createFileSystemWatcher(
      new vscode.RelativePattern(vscode.Uri.file(dirname(uri.fsPath)), basename(uri.fsPath)),
    );
    const subscriptions = vscode.Disposable.from(
      connection,
      watcher,
      watcher.onDidChange(renew),
      watcher.onDidCreate(renew),
      panel.onDidChangeViewState(() => panel.visible && renew()),
      onDidChangeModels(() => {
        if (models.key !== key && list.state.modelA !== undefined) list.modelsChanged();
        key = models.key;
        if (modelVocabulary(tokens).title === vocabulary.title) return;
        vocabulary = modelVocabulary(tokens);
        void lengths.forget(vocabulary.name);
      }),
    );
    panel.onDidDispose(() => {
      subscriptions.dispose();
      void list.dispose();
      void funnel.dispose();
      void lengths.dispose();
    });
    panel.webview.html = webviewPage(panel.webview, context.extensionUri, 'dataset.js');
    await list.open();
    const isChosen = context.workspaceState.get(choicesKey(uri)) !== undefined;
    if (!isChosen && list.state.holds === 'conversations') await funnel.choosePreset('chat');
    if (context.workspaceState.get(scoringKey(uri))) list.setScoring(true);
  }

  #hostOf(uri: vscode.Uri, list: DatasetList, funnel: FunnelPage, lengths: LengthsPage): DatasetHost {
    const { context, lines } = this.#parts;
    return {
      start: async () => ({
        language: spokenLanguage(),
        translations: { ...vscode.l10n.bundle },
        state: list.state,
        funnel: funnel.state,
        lengths: lengths.state,
      }),
      rows: ({ from, count }) => list.rows(from, count),
      sort: (sort) => list.sort(sort),
      filter: (filter) => list.filter(filter),
      cancelFilter: async () => list.cancelFilter(),
      setScoring: async (isOn) => {
        list.setScoring(isOn);
        // After a restart it goes on where it was.
        await context.workspaceState.update(scoringKey(uri), isOn || undefined);
      },
      open: ({ line }) => lines.open(uri, list, line),
      save: async ({ format }) => {
        const name = `${basename(uri.fsPath, extname(uri.fsPath))}.${format === 'csv' ? 'csv' : 'listed.jsonl'}`;
        const chosen = await vscode.window.showSaveDialog({ defaultUri: vscode.Uri.joinPath(uri, '..', name) });
        if (chosen) await list.save(chosen.fsPath, format);
      },
      cancelSave: async () => list.cancelSave(),
      reload: () => list.open(),
      ...funnelHostOf(uri, funnel),
      openInFile: ({ index }) => lines.openInFile(uri, list, index),
      ...lengthsHostOf(lengths),
    };
  }
}

const choicesKey = (uri: vscode.Uri) => `vitrine.datasetRules ${uri.toString()}`;
const scoringKey = (uri: vscode.Uri) => `vitrine.datasetScoring ${uri.toString()}`;
