import * as vscode from 'vscode';
import type { EngineStatus } from '../../shared/engine-api';
import { Debounced } from '../debounced';
import type { Services } from '../services';
import { onSettingsChange, settings } from '../settings';
import { tokenizerName } from '../tokenizer-name';
import { DropModel } from './drop-model';
import type { ModelRow } from './model-row';
import { modelRows } from './model-rows';

const REFRESH_MS = 100;
/** By then an engine that nobody asks for anything has given memory back. */
const RESTED_MS = 12_000;

/** What is loaded, on what it runs, and what it takes. */
export class ModelView implements vscode.TreeDataProvider<ModelRow>, vscode.Disposable {
  readonly #services: Services;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #view: vscode.TreeView<ModelRow>;
  readonly #subscriptions: vscode.Disposable[];

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(services: Services) {
    this.#services = services;
    this.#view = vscode.window.createTreeView('vitrine.model', {
      treeDataProvider: this,
      dragAndDropController: new DropModel(),
    });
    const refresh = new Debounced(() => this.#changed.fire(undefined), REFRESH_MS);
    const refreshRested = new Debounced(() => this.#changed.fire(undefined), RESTED_MS);
    this.#subscriptions = [
      this.#view,
      this.#changed,
      refresh,
      refreshRested,
      services.host.onDidChange(() => {
        refresh.request();
        refreshRested.request();
      }),
      onSettingsChange(['tokenizer'], () => refresh.request()),
    ];
  }

  async getChildren(row?: ModelRow): Promise<ModelRow[]> {
    if (row) return [];
    const { host, server } = this.#services;
    const { state, model } = host;
    const tokenizer = tokenizerName(model && { name: model.vocabularyName });
    const chosen = { chosen: settings.model(), serverHost: server.current?.host };
    return modelRows({ state, model, status: await this.#status(), tokenizer, ...chosen });
  }

  getTreeItem({ kind, label, value, icon, explanation }: ModelRow): vscode.TreeItem {
    const item = new vscode.TreeItem(label);
    item.description = value;
    item.tooltip = explanation ? `${label}: ${value} (${explanation})` : `${label}: ${value}`;
    item.iconPath = new vscode.ThemeIcon(icon);
    item.contextValue = `vitrine.${kind}`;
    return item;
  }

  dispose(): void {
    vscode.Disposable.from(...this.#subscriptions).dispose();
  }

  /** Undefined while the engine is busy: it would answer when that is over. A server does not say what it takes. */
  async #status(): Promise<EngineStatus | undefined> {
    const { host } = this.#services;
    if (host.state.kind !== 'ready' || !host.model || host.model.server) return undefined;
    const { engine } = await host.use();
    return engine.status({}).catch(() => undefined);
  }
}
