import * as vscode from 'vscode';
import { visibleText } from '../../display/glyphs';
import { formatBits } from '../../display/numbers';
import type { ChangedLineToken } from '../../shared/workspace-api';
import { inlineCode, LINE_BREAK } from '../hover/markdown';
import type { Translate } from '../translate';
import type { ChangedToken, ChangeReview } from './change-review';
import { rangeOfToken } from './review-overlay';

/** Characters of what was replaced, and of what replaced it. */
const MOST_CHARACTERS = 60;

/** Over a token of a changed line: what it was before and after, how surprising either was, and what the model expected. */
export class ChangeHover implements vscode.HoverProvider {
  readonly #current: () => ChangeReview | undefined;

  constructor(current: () => ChangeReview | undefined) {
    this.#current = current;
  }

  provideHover(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined {
    const review = this.#current();
    const side = review?.sideOf(document);
    const changed = side && review?.tokenAt(side, position);
    if (!changed) return undefined;
    return new vscode.Hover(
      new vscode.MarkdownString(changeMarkdown(changed, vscode.l10n.t)),
      rangeOfToken(changed.token),
    );
  }
}

/** `<` 0.3 bits → `<=` 4.1 bits, and what the model expected in place of the token under the mouse. */
export function changeMarkdown({ token, change: { removed, added } }: ChangedToken, t: Translate): string {
  const sides = [removed, added].filter((tokens) => tokens.length > 0).map(sideMarkdown);
  const lines = [sides.join(' → ')];
  const ofSeveral = removed.length > 1 || added.length > 1;
  if (ofSeveral) lines.push(`${inlineCode(visibleText(token.text))} ${formatBits(token.bits)}`);
  const isExpected = token.text.endsWith(token.expected);
  lines.push(
    isExpected
      ? t('The model expected this token.')
      : t('The model expected {0}.', inlineCode(visibleText(token.expected))),
  );
  return lines.join(LINE_BREAK);
}

function sideMarkdown(tokens: readonly ChangedLineToken[]): string {
  const text = visibleText(tokens.map((token) => token.text).join(''));
  const shown = text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;
  return `${inlineCode(shown)} ${formatBits(tokens.reduce((sum, { bits }) => sum + bits, 0))}`;
}
