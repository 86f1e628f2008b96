import * as vscode from 'vscode';
import { visibleText } from '../../display/glyphs';
import { formatCount } from '../../display/numbers';

/** What the template writes between two contents. */
export interface Added {
  text: string;
  /** Undefined as long as the vocabulary is not there. */
  tokens: number | undefined;
}

export const NOTHING: Added = { text: '', tokens: 0 };

export function withPart({ text, tokens }: Added, more: string, count: number | undefined): Added {
  return { text: text + more, tokens: tokens === undefined || count === undefined ? undefined : tokens + count };
}

/** How many tokens it is, where it is known, and where it is not a part of those around it. */
export const chipOf = ({ tokens }: Added): string => (tokens ? `+${formatCount(tokens)}` : '+');

export function hoverOf({ text }: Added): vscode.MarkdownString {
  const title = vscode.l10n.t('The chat template adds here:');
  return new vscode.MarkdownString(title).appendCodeblock(visibleText(text), 'plaintext');
}
