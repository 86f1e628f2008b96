import * as vscode from 'vscode';
import { VitrineError } from '../../shared/errors';

/** What is used of the built-in Git extension's API, version 1 (`extensions/git/src/api/git.d.ts` of the editor). */
interface GitExtension {
  readonly enabled: boolean;
  getAPI(version: 1): GitApi;
}

export interface GitApi {
  readonly state: 'uninitialized' | 'initialized';
  readonly onDidChangeState: vscode.Event<GitApi['state']>;
  /** The program. */
  readonly git: { readonly path: string };
  readonly repositories: readonly Repository[];
  /** A file as it is in a commit, or with an empty one in the index. */
  toGitUri(uri: vscode.Uri, commit: string): vscode.Uri;
  getRepository(uri: vscode.Uri): Repository | null;
}

export interface Repository {
  readonly rootUri: vscode.Uri;
}

/** @throws VitrineError where the extension is off, or has found no Git */
export async function gitApi(): Promise<GitApi> {
  const extension = vscode.extensions.getExtension<GitExtension>('vscode.git');
  const git = await extension?.activate();
  if (!git?.enabled) {
    const text = vscode.l10n.t(
      'The editor has no Git: install it, and switch the setting git.enabled and the built-in extension Git on.',
    );
    throw new VitrineError('changes.noGit', text);
  }
  const api = git.getAPI(1);
  if (api.state === 'uninitialized') await new Promise((resolve) => once(api.onDidChangeState, resolve));
  return api;
}

/** The repository of the file in front; else the only one, or one that a person chooses. @throws VitrineError where there is none */
export async function chooseRepository({ repositories, getRepository }: GitApi): Promise<Repository | undefined> {
  if (repositories.length === 0) {
    const text = vscode.l10n.t(
      'No folder of this window is in a Git repository, so nothing tells what has changed. Open one that is.',
    );
    throw new VitrineError('changes.noRepository', text);
  }
  if (repositories.length === 1) return repositories[0];
  const active = vscode.window.activeTextEditor?.document.uri;
  const own = active && getRepository(active);
  if (own) return own;
  const items = repositories.map((repository) => ({
    label: vscode.workspace.asRelativePath(repository.rootUri),
    repository,
  }));
  const placeHolder = vscode.l10n.t('Of which repository?');
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.repository;
}

function once<T>(event: vscode.Event<T>, listener: (value: T) => void): void {
  const listening = event((value) => {
    listening.dispose();
    listener(value);
  });
}
