import * as vscode from 'vscode';
import { formatCount } from '../../display/numbers';
import type { Reading } from '../readings/reading';

/** Says what the model could not read because its context is full, once a document. */
export class CutNotice {
  readonly #notified = new WeakSet<vscode.TextDocument>();

  tell(document: vscode.TextDocument, { model, parts, cut }: Reading): void {
    if (cut === 0 || this.#notified.has(document)) return;
    this.#notified.add(document);
    const first = document.positionAt(parts[0]?.starts[0] ?? 0);
    const sentence = vscode.l10n.t(
      '{0} reads {1} tokens at most: it begins in line {2} here. To see it read an earlier part, scroll there or select it.',
      model.name,
      formatCount(model.contextLength),
      first.line + 1,
    );
    void vscode.window.showInformationMessage(sentence);
  }
}
