import * as vscode from 'vscode';

/** Of what somebody asks for one after another the latest: it cancels the one before. */
export class LatestRequest implements vscode.Disposable {
  #source: vscode.CancellationTokenSource | undefined;

  /** Whether one has begun that has not ended. */
  get isRunning(): boolean {
    return this.#source !== undefined;
  }

  begin(): vscode.CancellationToken {
    this.cancel();
    this.#source = new vscode.CancellationTokenSource();
    return this.#source.token;
  }

  /** Ends one, if it is still the latest. @returns whether it was */
  end(token: vscode.CancellationToken): boolean {
    if (this.#source?.token !== token) return false;
    this.#source.dispose();
    this.#source = undefined;
    return true;
  }

  cancel(): void {
    this.#source?.cancel();
    this.#source?.dispose();
    this.#source = undefined;
  }

  dispose(): void {
    this.cancel();
  }
}
