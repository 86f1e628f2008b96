import type * as vscode from 'vscode';

const KNOWN = 'vitrine.servers.withKey';
const secretOf = (origin: string) => `vitrine.server.${origin}`;

/** The keys of servers, in the editor's store of secrets: each for its own host and for no other. */
export class ServerKeys {
  readonly #secrets: vscode.SecretStorage;
  readonly #state: vscode.Memento;

  constructor({ secrets, globalState }: Pick<vscode.ExtensionContext, 'secrets' | 'globalState'>) {
    this.#secrets = secrets;
    this.#state = globalState;
  }

  /** @param address of the server */
  async of(address: string): Promise<string | undefined> {
    return this.#secrets.get(secretOf(originOf(address)));
  }

  async keep(address: string, key: string): Promise<void> {
    const origin = originOf(address);
    await this.#state.update(KNOWN, [...new Set([...this.#known, origin])]);
    await this.#secrets.store(secretOf(origin), key);
  }

  async forgetAll(): Promise<void> {
    for (const origin of this.#known) await this.#secrets.delete(secretOf(origin));
    await this.#state.update(KNOWN, undefined);
  }

  /** Whose there are: the store does not list them in every version of the editor. */
  get #known(): readonly string[] {
    return this.#state.get<string[]>(KNOWN, []);
  }
}

/** Protocol, name and port. */
export const originOf = (address: string): string => new URL(address).origin;
