import type { Precision } from '../../../../src/anatomy/precision';
import type { ViewStore } from '../../../store/view-store';
import type { DifferenceSums } from '../../difference/compared';

/** What rounding changed in the text that is inspected, of each form that was compared: the comparison itself holds one. */
export class KnownChanges {
  readonly #of: string;
  readonly #changes = new Map<Precision, DifferenceSums>();

  private constructor(of: string) {
    this.#of = of;
  }

  /** Those of the text and the model in use, which live as long as the page. */
  static of(store: ViewStore): KnownChanges {
    const { subject, model, ablated, steering } = store.state;
    const key = JSON.stringify([subject?.read?.trace, subject?.shown, model?.name, ablated, steering?.coefficient]);
    const known = ALL.get(store);
    if (known && known.#of === key) return known;
    const empty = new KnownChanges(key);
    ALL.set(store, empty);
    return empty;
  }

  get(precision: Precision | undefined): DifferenceSums | undefined {
    return precision && this.#changes.get(precision);
  }

  keep(precision: Precision, sums: DifferenceSums): void {
    this.#changes.set(precision, sums);
  }

  get all(): readonly DifferenceSums[] {
    return [...this.#changes.values()];
  }
}

const ALL = new WeakMap<ViewStore, KnownChanges>();
