import { basename } from 'node:path';
import * as vscode from 'vscode';
import { inkOf } from '../../display/token-ink';
import type { ChangedLineToken } from '../../shared/workspace-api';
import type { RawHunk } from '../../workspace/changes/hunk-score';
import type { ChangeReview } from './change-review';

/** Opens both sides of a hunk's file at its most surprising token; a new file by itself. */
export async function openChange(review: ChangeReview, hunk: RawHunk, at = hunk.worst): Promise<void> {
  const file = review.review.files.find(({ path }) => path === hunk.path);
  if (!file) return;
  const { before, after } = review.urisOf(file);
  const selection = selectionOf(hunk, at);
  if (!before) {
    await vscode.window.showTextDocument(after, { selection });
    return;
  }
  const title = titleOf(review, basename(hunk.path));
  await vscode.commands.executeCommand('vscode.diff', before, after, title, {
    selection,
  } satisfies vscode.TextDocumentShowOptions);
}

function selectionOf(hunk: RawHunk, token: ChangedLineToken | undefined): vscode.Range {
  const place = token ? new vscode.Position(token.line, inkOf(token).start) : new vscode.Position(hunk.after.from, 0);
  return new vscode.Range(place, place);
}

function titleOf({ scope }: ChangeReview, name: string): string {
  const { t } = vscode.l10n;
  switch (scope.kind) {
    case 'uncommitted':
      return t('{0} (not committed)', name);
    case 'staged':
      return t('{0} (staged)', name);
    case 'since':
      return t('{0} (since {1})', name, scope.from.slice(0, 7));
    case 'between':
      return t('{0} ({1} to {2})', name, scope.from.slice(0, 7), scope.to.slice(0, 7));
  }
}
