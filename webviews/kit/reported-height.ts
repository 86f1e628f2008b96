import type { ReactiveController, ReactiveControllerHost } from 'lit';

export interface Height {
  name: string;
  /** In CSS pixels. */
  height: number;
}

/**
 * Tells the inspector how high an element is, with an event `height` each time that changes. The inspector makes it a
 * variable, `--NAME-height`, for what has to fit below.
 */
export class ReportedHeight implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;
  readonly #observer: ResizeObserver;

  constructor(host: ReactiveControllerHost & Element, name: string) {
    this.#host = host;
    this.#observer = new ResizeObserver(() => {
      const detail: Height = { name, height: host.getBoundingClientRect().height };
      host.dispatchEvent(new CustomEvent('height', { detail, bubbles: true, composed: true }));
    });
    host.addController(this);
  }

  hostConnected(): void {
    this.#observer.observe(this.#host);
  }

  hostDisconnected(): void {
    this.#observer.disconnect();
  }
}

declare global {
  interface HTMLElementEventMap {
    height: CustomEvent<Height>;
  }
}
