/** Where choices are kept: the editor's own store for a webview, or memory. */
export interface StateStorage {
  read(): unknown;
  write(state: Record<string, unknown>): void;
}

/** Views' own choices by name, such as whether a matrix or arcs are shown. */
export class ViewState {
  readonly #storage: StateStorage;
  readonly #values: Record<string, unknown>;

  constructor(storage: StateStorage) {
    this.#storage = storage;
    const saved = storage.read();
    this.#values = typeof saved === 'object' && saved !== null ? { ...saved } : {};
  }

  /** The value kept under a name, if it is of the same type as the default. */
  get<T extends string | number | boolean>(name: string, byDefault: T): T {
    const value = this.#values[name];
    return typeof value === typeof byDefault ? (value as T) : byDefault;
  }

  set(name: string, value: string | number | boolean): void {
    this.#values[name] = value;
    this.#storage.write(this.#values);
  }
}
