import type * as vscode from 'vscode';

/** The server that a person has chosen in this window, and what goes there. */
export interface ServerInUse {
  /** Undefined while the model of this machine is in use. */
  readonly current: ServerAddress | undefined;
  /** Whether a request with somebody's text is under way. */
  readonly isSending: boolean;
  /** The last text that went there; undefined where none has. */
  readonly lastSent: { characters: number } | undefined;
  /** Fires when another server, or none, is in use. */
  readonly onDidChange: vscode.Event<void>;
  /** Fires when `isSending` or `lastSent` changes. */
  readonly onDidChangeTraffic: vscode.Event<void>;
}

export interface ServerAddress {
  /** Name and port. */
  host: string;
  isEncrypted: boolean;
  /** Whether it is on this machine. */
  isLoopback: boolean;
}
