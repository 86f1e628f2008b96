import * as vscode from 'vscode';
import { formatBits, formatZ } from '../../display/numbers';
import { onSettingsChange, settings } from '../settings';
import type { FolderMaps } from './folder-maps';

/** In standard deviations of lines: few files have more. */
const HIGH = 0.6;

/** A sign at files whose lines surprise the model more than others of their language do, where the setting asks for it. */
export class FileBadges implements vscode.FileDecorationProvider, vscode.Disposable {
  readonly #maps: FolderMaps;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #subscriptions: vscode.Disposable;

  readonly onDidChangeFileDecorations = this.#changed.event;

  constructor(maps: FolderMaps) {
    this.#maps = maps;
    const changed = () => this.#changed.fire(undefined);
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      onSettingsChange(['fileBadges'], changed),
      maps.onDidChange(() => settings.fileBadges() && changed()),
      vscode.window.registerFileDecorationProvider(this),
    );
  }

  provideFileDecoration(uri: vscode.Uri): vscode.FileDecoration | undefined {
    const score = settings.fileBadges() ? this.#maps.scoreOf(uri) : undefined;
    if (!score || !(score.z >= HIGH)) return undefined;
    const tooltip = vscode.l10n.t(
      'Surprises the model: {0} a token, {1} standard deviations from lines of the same language and kind.',
      formatBits(score.mean),
      formatZ(score.z),
    );
    return new vscode.FileDecoration('≈', tooltip);
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }
}
