import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** How wide an element is, in CSS pixels; it is drawn anew when that changes. */
export class WidthController implements ReactiveController {
  width = 0;
  readonly #host: ReactiveControllerHost & Element;
  readonly #observer: ResizeObserver;

  constructor(host: ReactiveControllerHost & Element) {
    this.#host = host;
    this.#observer = new ResizeObserver(([entry]) => this.#resized(Math.floor(entry?.contentRect.width ?? 0)));
    host.addController(this);
  }

  hostConnected(): void {
    this.#observer.observe(this.#host);
  }

  hostDisconnected(): void {
    this.#observer.disconnect();
  }

  #resized(width: number): void {
    if (width === this.width) return;
    this.width = width;
    this.#host.requestUpdate();
  }
}
