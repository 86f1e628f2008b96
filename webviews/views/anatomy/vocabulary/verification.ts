import type { VerifiedToken } from '../../../../src/shared/undertrained-api';
import { StoppableWork } from '../../../kit/stoppable-work';
import { t } from '../../../l10n';
import type { ViewStore } from '../../../store/view-store';

/** Tokens that the model was asked to repeat, and those that it is asked now, one at a time: others may ask it in between. */
export class Verification {
  readonly verified = new Map<number, VerifiedToken>();
  /** Those that are still to be asked about. */
  readonly waiting = new Set<number>();
  readonly work: StoppableWork;
  /** How many of those asked about without a pause are done. */
  done = 0;
  readonly #store: ViewStore;
  readonly #changed: () => void;

  /** @param changed is called whenever more is known */
  constructor(store: ViewStore, changed: () => void) {
    this.#store = store;
    this.#changed = changed;
    this.work = new StoppableWork(changed);
  }

  /** Asks about those that are not known, after those that are waiting. */
  async ask(ids: readonly number[]): Promise<void> {
    for (const id of ids) if (!this.verified.has(id)) this.waiting.add(id);
    this.#changed();
    await this.work.run(async (signal) => {
      this.done = 0;
      for (const id of this.waiting) {
        const [verified] = await this.#store.lenses.verifyUndertrained({ ids: [id] }, { signal });
        signal.throwIfAborted();
        if (verified) this.verified.set(id, verified);
        this.waiting.delete(id);
        this.done++;
        this.#changed();
      }
    });
    if (!this.work.isRunning) this.waiting.clear();
  }

  stop(): void {
    this.waiting.clear();
    this.work.stop();
  }
}

/** What a model gives a token that it cannot repeat is under this, by Land and Bartolo 2024. */
const CANNOT = 0.001;

export const cannotRepeat = ({ probability }: VerifiedToken): boolean => probability < CANNOT;

/** Said of the model. */
export function verdictOf(verified: VerifiedToken): string {
  const { probability } = verified;
  if (cannotRepeat(verified)) return t('cannot repeat it');
  if (probability < 0.1) return t('hardly repeats it');
  return probability > 0.9 ? t('repeats it') : t('repeats it, unsurely');
}
