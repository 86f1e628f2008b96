import * as vscode from 'vscode';
import { visibleText } from '../../display/glyphs';
import { formatBits } from '../../display/numbers';
import type { LineScore } from '../../shared/workspace-api';
import { onSettingsChange, settings } from '../settings';
import type { ChangeReview } from './change-review';

/** Of a file: more would hide what others say of it. */
const MOST_HINTS = 5;

/** Hints at the most surprising changed lines, where a person has asked for them. */
export class ChangeProblems implements vscode.Disposable {
  readonly #current: () => ChangeReview | undefined;
  readonly #collection = vscode.languages.createDiagnosticCollection('vitrine');
  readonly #subscriptions: vscode.Disposable[];

  constructor(current: () => ChangeReview | undefined, changed: vscode.Event<void>) {
    this.#current = current;
    this.#subscriptions = [changed(() => this.#show()), onSettingsChange(['problems'], () => this.#show())];
  }

  dispose(): void {
    vscode.Disposable.from(this.#collection, ...this.#subscriptions).dispose();
  }

  #show(): void {
    this.#collection.clear();
    const current = this.#current();
    if (!current || !settings.problems()) return;
    const lines = new Map<string, LineScore[]>();
    // By z, which is known of all files together.
    for (const { path, added } of current.review.ranked) lines.set(path, [...(lines.get(path) ?? []), ...added]);
    for (const file of current.review.files) {
      const most = [...(lines.get(file.path) ?? [])].sort((a, b) => unusual(b) - unusual(a)).slice(0, MOST_HINTS);
      this.#collection.set(current.urisOf(file).after, most.map(hintOf));
    }
  }
}

const unusual = ({ z, worst }: LineScore) => (Number.isNaN(z) ? -1 / worst.bits : z);

function hintOf({ line, worst: { start, end, text, bits, expected } }: LineScore): vscode.Diagnostic {
  const message = vscode.l10n.t(
    'The model is surprised by {0} ({1}): it expected {2}.',
    visibleText(text),
    formatBits(bits),
    visibleText(expected),
  );
  const hint = new vscode.Diagnostic(new vscode.Range(line, start, line, end), message, vscode.DiagnosticSeverity.Hint);
  hint.source = 'Vitrine';
  return hint;
}
