import * as vscode from 'vscode';
import type { Decorations } from './decorations';

/** Says why colours are pale. */
export class StaleHover implements vscode.HoverProvider {
  readonly #decorations: Decorations;

  constructor(decorations: Decorations) {
    this.#decorations = decorations;
  }

  provideHover(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined {
    const known = this.#decorations.readingOf(document);
    if (!known?.stale || document.offsetAt(position) < known.freshBefore) return undefined;
    return new vscode.Hover(
      known.interrupted
        ? vscode.l10n.t('The engine stopped while the model read this: the colours are those of before.')
        : vscode.l10n.t('The text before this has changed: the model reads it again.'),
    );
  }
}
