import * as vscode from 'vscode';
import { formatCount } from '../../display/numbers';
import type { Reading, ReadingPart } from '../readings/reading';

/** Says what the model could not read because its context is full, once a document. */
export class CutNotice {
  readonly #notified = new WeakSet<vscode.TextDocument>();

  tell(document: vscode.TextDocument, { model, parts, cut }: Reading): void {
    if (cut === 0 || this.#notified.has(document)) return;
    this.#notified.add(document);
    const isCut = ({ apart }: ReadingPart) => (apart?.starts[0] ?? 0) > 0;
    const conversation = parts.find(isCut);
    const begin = document.positionAt((conversation ?? parts[0])?.starts[0] ?? 0).line + 1;
    const most = formatCount(model.contextLength);
    const sentence = conversation
      ? vscode.l10n.t(
          '{0} reads {1} tokens at most: the beginning of the conversation in line {2} is left out.',
          model.name,
          most,
          begin,
        )
      : vscode.l10n.t(
          '{0} reads {1} tokens at most: it begins in line {2} here. To see it read an earlier part, scroll there or select it.',
          model.name,
          most,
          begin,
        );
    void vscode.window.showInformationMessage(sentence);
  }
}
