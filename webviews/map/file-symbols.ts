import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { messageOf } from '../../src/shared/errors';
import type { MapFile, MapHost, MapSymbol } from '../../src/shared/map-api';
import type { MapNode } from './tree';

/** The functions of files, asked for one file at a time: the editor has to open each. */
export class FileSymbols implements ReactiveController {
  readonly #element: ReactiveControllerHost & { host: MapHost };
  readonly #known = new Map<MapFile, MapSymbol[]>();
  #wanted: MapNode[] = [];
  #isAsking = false;
  /** Why the files that failed last have none. */
  problem = '';

  constructor(element: ReactiveControllerHost & { host: MapHost }) {
    this.#element = element;
    element.addController(this);
  }

  hostConnected(): void {}

  /** Undefined while they are not known. A file that has changed is another. */
  of({ file }: MapNode): MapSymbol[] | undefined {
    return file && this.#known.get(file);
  }

  /** Asks for those of files, in this order, and no longer for those of others. */
  want(nodes: MapNode[]): void {
    this.#wanted = nodes.filter((node) => !this.of(node));
    void this.#ask();
  }

  async #ask(): Promise<void> {
    if (this.#isAsking) return;
    this.#isAsking = true;
    for (let node = this.#wanted.shift(); node; node = this.#wanted.shift()) await this.#askOf(node);
    this.#isAsking = false;
  }

  async #askOf({ path, file }: MapNode): Promise<void> {
    let symbols: MapSymbol[] = [];
    try {
      symbols = await this.#element.host.symbols({ path });
    } catch (error) {
      this.problem = messageOf(error);
    }
    this.#known.set(file as MapFile, symbols);
    this.#element.requestUpdate();
  }
}
