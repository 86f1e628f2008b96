import { VitrineError } from '../shared/errors';
import type { AskedScores, Served } from './ask-scores';
import { findModel } from './connect';
import { isSameModel, knownLogprobs, type Proof } from './probe';
import { changed } from './refusals';
import { unlessAborted } from './unless-aborted';

/**
 * A server that has not answered for so many milliseconds may have been started anew, and behind one name others may take its
 * place at any time: then it has to show again that its model is the same.
 */
const SILENCE = 5000;
const PROOF_AGE = 60_000;

type Asked = Pick<AskedScores, 'signal' | 'inBackground'>;

/** What the server had under the name when it was connected to. */
interface Before {
  root: string | undefined;
  proof: Proof;
}

/** Whether a server still has the model that it was connected to for. */
export class ModelProof {
  readonly #served: Served;
  readonly #before: Before;
  readonly #ended = new AbortController();
  /** When the server last answered as it should, and when it last showed that it has the same model. */
  #answered = performance.now();
  #proven = performance.now();
  /** The shared proof that is under way, and the one that begins behind it. */
  #underWay: Promise<void> = Promise.resolve();
  #next: Promise<void> | undefined;

  constructor(served: Served, before: Before) {
    this.#served = served;
    this.#before = before;
  }

  /** Asks the server something, where that is in doubt only once it has shown it again. @throws VitrineError `server.changed`, or as `ask` */
  async believed<T>(asked: Asked, ask: () => Promise<T>): Promise<T> {
    return this.#heeded(async () => {
      if (this.#isInDoubt()) await this.#prove(asked);
      const answer = await ask();
      this.#answered = performance.now();
      return answer;
    });
  }

  /**
   * Has the server show it once more, after all that it has answered so far: for numbers that are kept. Those who want that at
   * the same time share one proof, which goes on where one of them no longer waits for it.
   *
   * @throws VitrineError `server.changed`, another of `server.*`, or `task.cancelled`
   */
  async confirmed({ signal, inBackground }: Asked): Promise<void> {
    this.#next ??= this.#underWay.then(() => {
      const proof = this.#heeded(() => this.#prove({ signal: this.#ended.signal, inBackground }));
      this.#next = undefined;
      this.#underWay = proof.catch(() => {});
      return proof;
    });
    await unlessAborted(this.#next, signal);
  }

  /** Nothing is asked any more. */
  end(): void {
    this.#ended.abort();
  }

  /** After a failure nothing is certain. */
  async #heeded<T>(ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      const isCancelled = error instanceof VitrineError && error.code === 'task.cancelled';
      if (!isCancelled) this.#answered = Number.NEGATIVE_INFINITY;
      throw error;
    }
  }

  #isInDoubt(): boolean {
    const now = performance.now();
    return now - this.#answered > SILENCE || now - this.#proven > PROOF_AGE;
  }

  async #prove({ signal, inBackground }: Asked): Promise<void> {
    const { server, model: before } = this.#served;
    const [{ model }, logprobs] = await Promise.all([
      findModel(server, before.name, signal),
      knownLogprobs(this.#served, { signal, inBackground }),
    ]);
    const isSame = model.root === this.#before.root && isSameModel(logprobs, this.#before.proof.logprobs);
    if (!isSame) throw changed(server, before.name);
    this.#proven = performance.now();
  }
}
