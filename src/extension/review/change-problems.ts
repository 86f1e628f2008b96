import * as vscode from 'vscode';
import { visibleText } from '../../display/glyphs';
import { formatBits } from '../../display/numbers';
import type { ChangedLineToken } from '../../shared/workspace-api';
import { LEAST_UNUSUAL_BITS } from '../../workspace/changes/rank';
import { surprisingLines } from '../../workspace/changes/surprising-lines';
import { surpriseOf } from '../../workspace/changes/token-changes';
import { onSettingsChange, settings } from '../settings';
import { type ChangeReview, isExpected } from './change-review';

/** The most surprising tokens of changed lines in the panel Problems, where a person has asked for them: it lists no hints. */
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
    const hunks = current.review.ranked.filter(({ trivial }) => trivial === undefined);
    for (const file of current.review.files) {
      const tokens = hunks.flatMap((hunk) => (hunk.path === file.path ? [...hunk.newTokens] : []));
      this.#collection.set(current.urisOf(file).after, surprisingLines(tokens.filter(isUnusual)).map(problemOf));
    }
  }
}

/** Whether it is one that would be called unusual. */
const isUnusual = (token: ChangedLineToken): boolean => surpriseOf(token) >= LEAST_UNUSUAL_BITS && !isExpected(token);

function problemOf({ line, start, end, text, bits, expected }: ChangedLineToken): vscode.Diagnostic {
  const surprising = [visibleText(text), formatBits(bits)] as const;
  const message =
    expected === undefined
      ? vscode.l10n.t('The model is surprised by {0} ({1}).', ...surprising)
      : vscode.l10n.t('The model is surprised by {0} ({1}): it expected {2}.', ...surprising, visibleText(expected));
  const range = new vscode.Range(line, start, line, end);
  const problem = new vscode.Diagnostic(range, message, vscode.DiagnosticSeverity.Information);
  problem.source = 'Vitrine';
  return problem;
}
