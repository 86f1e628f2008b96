import * as vscode from 'vscode';
import { formatCount } from '../../display/numbers';
import type { ModelInfo } from '../../shared/engine-api';
import type { Reading, ReadingPart } from '../readings/reading';
import { MOST_SENT_TO_SERVER } from '../readings/sent-part';

/** Says what the model could not read because its context is full, or what was not sent to its server, once a document. */
export class CutNotice {
  readonly #notified = new WeakSet<vscode.TextDocument>();

  tell(document: vscode.TextDocument, { model, parts, cut }: Reading): void {
    if (cut === 0 || this.#notified.has(document)) return;
    this.#notified.add(document);
    const conversation = parts.find(({ apart }: ReadingPart) => (apart?.starts[0] ?? 0) > 0);
    const begin = document.positionAt((conversation ?? parts[0])?.starts[0] ?? 0).line + 1;
    const tell = conversation ? conversationSentence : textSentence;
    void vscode.window.showInformationMessage(tell(model, begin));
  }
}

function conversationSentence({ name, contextLength }: ModelInfo, begin: number): string {
  return vscode.l10n.t(
    '{0} reads {1} tokens at most: the beginning of the conversation in line {2} is left out.',
    name,
    formatCount(contextLength),
    begin,
  );
}

function textSentence({ name, contextLength, server }: ModelInfo, begin: number): string {
  if (server) {
    return vscode.l10n.t(
      '{0} is on a server, to which at most {1} characters of a text go at once: it begins in line {2} here. To see it read an earlier part, scroll there or select it.',
      name,
      formatCount(MOST_SENT_TO_SERVER),
      begin,
    );
  }
  return vscode.l10n.t(
    '{0} reads {1} tokens at most: it begins in line {2} here. To see it read an earlier part, scroll there or select it.',
    name,
    formatCount(contextLength),
    begin,
  );
}
