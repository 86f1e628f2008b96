/** A value that is made anew only when something changes that it is made from; until then it is the same object. */
export class Memo<T> {
  #key: readonly unknown[] | undefined;
  #value: T | undefined;

  /** @param key what the value is made from, compared by identity */
  get(key: readonly unknown[], make: () => T): T {
    const isSame = this.#key?.length === key.length && key.every((part, i) => part === this.#key?.[i]);
    if (!isSame) {
      this.#value = make();
      this.#key = key;
    }
    return this.#value as T;
  }
}
