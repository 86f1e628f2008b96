/** Numbers of 32 bits one after another, of which nobody knows how many will come. */
export class GrowingNumbers {
  #numbers = new Uint32Array(1024);
  #length = 0;

  push(...numbers: number[]): void {
    for (const number of numbers) {
      if (this.#length === this.#numbers.length) {
        const larger = new Uint32Array(2 * this.#length);
        larger.set(this.#numbers);
        this.#numbers = larger;
      }
      this.#numbers[this.#length++] = number;
    }
  }

  get all(): Uint32Array {
    return this.#numbers.subarray(0, this.#length);
  }
}
