import { join } from 'node:path';
import * as vscode from 'vscode';
import type { ChangedLineToken } from '../../shared/workspace-api';
import type { ChangeScope } from '../../workspace/changes/changed-files';
import type { Git } from '../../workspace/changes/git';
import type { RawHunk } from '../../workspace/changes/hunk-score';
import type { Review, ReviewedFile } from '../../workspace/changes/review';
import { isKept, isOneForOne, type TokenChange, tokenChanges } from '../../workspace/changes/token-changes';
import type { GitApi } from './git-extension';

/** The side of a change that a document shows. */
export interface ReviewedSide {
  file: ReviewedFile;
  side: 'before' | 'after';
}

/** A token of a changed line, with what it stands for on the other side. */
export interface ChangedToken {
  token: ChangedLineToken;
  change: TokenChange;
  hunk: RawHunk;
}

/** A change that is reviewed: where its files are in the editor, and what the model makes of them. */
export class ChangeReview {
  readonly review: Review;
  readonly scope: ChangeScope;
  /** The hunks that have been opened, by their addresses in the list. */
  readonly opened: Set<string>;
  readonly #api: GitApi;
  readonly #root: string;
  readonly #sides = new WeakMap<
    vscode.TextDocument,
    { version: number; files: number; side: ReviewedSide | undefined }
  >();
  readonly #changes = new WeakMap<RawHunk['added'], TokenChange[]>();

  /** @param opened of the same change, as it was read before */
  constructor(
    review: Review,
    scope: ChangeScope,
    api: GitApi,
    { root }: Pick<Git, 'root'>,
    opened: ReadonlySet<string> = new Set(),
  ) {
    this.review = review;
    this.scope = scope;
    this.#api = api;
    this.#root = root;
    this.opened = new Set(opened);
  }

  /** What a document shows of the change; undefined where its text is neither side's, as after an edit. */
  sideOf(document: vscode.TextDocument): ReviewedSide | undefined {
    const { version } = document;
    const files = this.review.files.length;
    const known = this.#sides.get(document);
    if (known?.version === version && known.files === files) return known.side;
    const side = this.#findSide(document);
    this.#sides.set(document, { version, files, side });
    return side;
  }

  /** Both sides of a file; of a new one only the new. */
  urisOf({ path, pathBefore }: Pick<ReviewedFile, 'path' | 'pathBefore'>): {
    before: vscode.Uri | undefined;
    after: vscode.Uri;
  } {
    const uri = vscode.Uri.file(join(this.#root, path));
    const [from, to] = revisionsOf(this.scope);
    return {
      before:
        pathBefore === undefined ? undefined : this.#api.toGitUri(vscode.Uri.file(join(this.#root, pathBefore)), from),
      after: to === undefined ? uri : this.#api.toGitUri(uri, to),
    };
  }

  /** Of the changed lines that a document shows, the tokens to be coloured, and whether the list names one. */
  *colouredTokensOf({ file, side }: ReviewedSide): Generator<{ token: ChangedLineToken; isNamed: boolean }> {
    for (const hunk of file.scoredHunks) {
      const tokens = side === 'after' ? hunk.newTokens : this.#replacedTokens(hunk);
      for (const token of tokens) yield { token, isNamed: token === hunk.worst };
    }
  }

  /** The token of a changed line at a place. */
  tokenAt({ file, side }: ReviewedSide, { line, character }: vscode.Position): ChangedToken | undefined {
    const [range, tokens] = side === 'before' ? (['before', 'removed'] as const) : (['after', 'added'] as const);
    const hunk = file.scoredHunks.find((hunk) => line >= hunk[range].from && line < hunk[range].to);
    if (!hunk) return undefined;
    for (const change of this.#changesOf(hunk)) {
      const token = change[tokens].find((at) => at.line === line && at.start <= character && character < at.end);
      if (token) return { token, change, hunk };
    }
    return undefined;
  }

  /** Those in whose place one other stands. What went with whole lines nobody has to look at. */
  #replacedTokens(hunk: RawHunk): ChangedLineToken[] {
    const replaced = this.#changesOf(hunk).filter((change) => isOneForOne(change) && !isKept(change));
    return replaced.flatMap(({ removed }) => removed);
  }

  #changesOf(hunk: RawHunk): TokenChange[] {
    const known = this.#changes.get(hunk.added) ?? tokenChanges(hunk.removedTokens, hunk.addedTokens);
    this.#changes.set(hunk.added, known);
    return known;
  }

  #findSide({ uri, getText }: vscode.TextDocument): ReviewedSide | undefined {
    if (uri.scheme !== 'file' && uri.scheme !== 'git') return undefined;
    const isAt = (path: string | undefined) =>
      path !== undefined && vscode.Uri.file(join(this.#root, path)).fsPath === uri.fsPath;
    const near = this.review.files.filter(({ path, pathBefore }) => isAt(path) || isAt(pathBefore));
    if (near.length === 0) return undefined;
    const text = getText().replaceAll('\r\n', '\n');
    const after = near.find((file) => file.after === text);
    if (after) return { file: after, side: 'after' };
    const before = near.find((file) => file.before === text);
    return before && { file: before, side: 'before' };
  }
}

/** Whether the model's first guess is known to be right: a token of the beginning of a line may hold the line break before it. */
export const isExpected = ({ text, expected }: ChangedLineToken): boolean =>
  expected !== undefined && text.endsWith(expected);

/** Both sides, as Git's extension names them: the index is nothing, and files as they are have none. */
function revisionsOf(scope: ChangeScope): [from: string, to: string | undefined] {
  switch (scope.kind) {
    case 'uncommitted':
      return ['HEAD', undefined];
    case 'staged':
      return ['HEAD', ''];
    case 'since':
      return [scope.from, undefined];
    case 'between':
      return [scope.from, scope.to];
  }
}
