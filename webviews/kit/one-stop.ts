import type { ReactiveController, ReactiveControllerHost } from 'lit';

const STEPS: Record<string, number> = {
  ArrowUp: -1,
  ArrowLeft: -1,
  ArrowDown: 1,
  ArrowRight: 1,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};

/**
 * Has the buttons of an element's toolbar be one stop of the Tab key, the one that had the focus last; arrows, Home and End
 * go to the others.
 */
export class OneStop implements ReactiveController {
  readonly #host: ReactiveControllerHost & { renderRoot: ParentNode };
  readonly #selector: string;
  #stop = 0;

  /** @param selector of the buttons, where they are not in a toolbar */
  constructor(host: ReactiveControllerHost & { renderRoot: ParentNode }, selector = '[role="toolbar"] button') {
    this.#host = host;
    this.#selector = selector;
    host.addController(this);
  }

  hostUpdated(): void {
    this.#mark();
  }

  /** @param place of the button that is to be the stop until another has the focus */
  stopAt(place: number): void {
    this.#stop = place;
  }

  readonly focused = ({ target }: Event): void => {
    this.#stop = this.#buttons.indexOf((target as Element).closest('button') as HTMLButtonElement);
    this.#mark();
  };

  readonly keyPressed = (event: KeyboardEvent): void => {
    const step = STEPS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const buttons = this.#buttons;
    buttons[Math.min(buttons.length - 1, Math.max(0, this.#stop + step))]?.focus();
  };

  get #buttons(): HTMLButtonElement[] {
    return [...this.#host.renderRoot.querySelectorAll<HTMLButtonElement>(this.#selector)];
  }

  /** Of fewer buttons than before, the last. */
  #mark(): void {
    const buttons = this.#buttons;
    const stop = Math.min(Math.max(0, this.#stop), buttons.length - 1);
    for (const [i, button] of buttons.entries()) button.tabIndex = i === stop ? 0 : -1;
  }
}
