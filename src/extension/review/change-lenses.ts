import * as vscode from 'vscode';
import { formatBitsAlone, formatCount } from '../../display/numbers';
import type { HunkScore } from '../../shared/workspace-api';
import type { Translate } from '../translate';
import type { ChangeReview } from './change-review';

/** Shows a hunk in the list. */
export const SHOW_CHANGE = 'vitrine.showChange';

/** Over each hunk of a file, how surprising it is. */
export class ChangeLenses implements vscode.CodeLensProvider {
  readonly onDidChangeCodeLenses: vscode.Event<void>;
  readonly #current: () => ChangeReview | undefined;

  constructor(current: () => ChangeReview | undefined, changed: vscode.Event<void>) {
    this.#current = current;
    this.onDidChangeCodeLenses = changed;
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const side = this.#current()?.sideOf(document);
    if (side?.side !== 'after') return [];
    return side.file.scoredHunks.flatMap((hunk) => {
      if (hunk.added.length === 0) return [];
      const { from } = hunk.after;
      const command = { title: meansText(hunk, vscode.l10n.t), command: SHOW_CHANGE, arguments: [hunk.path, from] };
      return [new vscode.CodeLens(new vscode.Range(from, 0, from, 0), command)];
    });
  }
}

/** `12.4 bits a token, higher than 97 % of the lines read of this file`. */
export function meansText({ addedMean, higherThan }: HunkScore, t: Translate): string {
  const mean = formatBitsAlone(addedMean);
  if (Number.isNaN(higherThan)) return t('{0} bits a token', mean);
  return t(
    '{0} bits a token, higher than {1} % of the lines read of this file',
    mean,
    formatCount(Math.floor(100 * higherThan)),
  );
}
