import * as vscode from 'vscode';
import { visibleText } from '../../display/glyphs';
import { formatBits } from '../../display/numbers';
import type { ChangedLineToken } from '../../shared/workspace-api';
import { isOneForOne, type TokenChange } from '../../workspace/changes/token-changes';
import { inlineCode, LINE_BREAK } from '../hover/markdown';
import type { Translate } from '../translate';
import { meansText } from './change-lenses';
import { type ChangedToken, type ChangeReview, isExpected } from './change-review';
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

/**
 * Of the token under the mouse, what it was and is with the surprisal of both (`<` 0.3 bits → `<=` 4.1 bits), and what the
 * model expected on either side; where several were replaced together, what these come to.
 */
export function changeMarkdown({ token, change, hunk }: ChangedToken, t: Translate): string {
  const { removed, added } = change;
  const lines = isOneForOne(change)
    ? [
        sidesMarkdown(change),
        ...expectedLines(removed[0] ?? token, t, (said) => t('Before: {0}', said)),
        ...expectedLines(added[0] ?? token, t, (said) => t('Now: {0}', said)),
      ]
    : [sideMarkdown([token]), ...expectedLines(token, t, (said) => said)];
  if (!isOneForOne(change) && removed.length > 0 && added.length > 0)
    lines.push(t('What changed here, the bits of its tokens added up: {0}', sidesMarkdown(change)));
  // A diff has no lenses.
  if (hunk.added.length > 0) lines.push('', t('The new lines here: {0}.', meansText(hunk, t)));
  return lines.join(LINE_BREAK);
}

const sidesMarkdown = ({ removed, added }: TokenChange): string => [removed, added].map(sideMarkdown).join(' → ');

/** None where it is not known what the model expected. */
function expectedLines(token: ChangedLineToken, t: Translate, line: (said: string) => string): string[] {
  if (token.expected === undefined) return [];
  return [
    line(
      isExpected(token)
        ? t('The model expected this token.')
        : t('The model expected {0}.', inlineCode(visibleText(token.expected))),
    ),
  ];
}

function sideMarkdown(tokens: readonly ChangedLineToken[]): string {
  const text = visibleText(tokens.map((token) => token.text).join(''));
  const shown = text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;
  return `${inlineCode(shown)} ${formatBits(tokens.reduce((sum, { bits }) => sum + bits, 0))}`;
}
