import * as vscode from 'vscode';

/** What goes out to a server of the texts of this window. */
export class ServerTraffic implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  /** Texts that are being read; what is sent besides is none of a person's. */
  readonly #reading = new Set<{ characters?: number | undefined }>();
  #sending = 0;
  #lastSent: { characters: number } | undefined;

  /** Fires when a text begins to go out, and when none does any longer. */
  readonly onDidChange = this.#changed.event;

  /** Whether a request with a text is under way. */
  get isSending(): boolean {
    return this.#sending > 0;
  }

  /** The last text that went out. */
  get lastSent(): { characters: number } | undefined {
    return this.#lastSent;
  }

  /**
   * Reads a text, of which requests may go out meanwhile, or none where it is known already.
   *
   * @param text its length; without one it is the text that went out last
   */
  async whileReading<T>(text: { characters?: number | undefined }, read: () => Promise<T>): Promise<T> {
    const reading = { ...text };
    this.#reading.add(reading);
    try {
      return await read();
    } finally {
      this.#reading.delete(reading);
    }
  }

  /** The editor's own `fetch`, which knows its proxy and its certificates: as it is at the time. */
  readonly fetch: typeof fetch = async (input, init) => {
    const text = init?.method === 'POST' ? [...this.#reading].at(-1) : undefined;
    if (!text) return fetch(input, init);
    if (text.characters !== undefined) this.#lastSent = { characters: text.characters };
    this.#count(1);
    try {
      return await fetch(input, init);
    } finally {
      this.#count(-1);
    }
  };

  dispose(): void {
    this.#changed.dispose();
  }

  #count(change: number): void {
    const before = this.isSending;
    this.#sending += change;
    if (this.isSending !== before) this.#changed.fire();
  }
}
