import type { AttentionPattern } from '../../../src/shared/engine-api';
import type { MatrixPicture } from '../../kit/matrix/paint-cells';
import type { RememberedLenses } from '../../store/remembered-lenses';
import { WantedParts } from '../../store/wanted-parts';
import type { Question } from './attention-source';
import { weightingOf } from './value-weighting';

/** Rows of a tile: at most 2 MB of a context of 4,096 tokens. */
const TILE_ROWS = 128;
/** The ones seen last. */
const KEPT = 12;

interface Tile extends MatrixPicture {
  pattern: AttentionPattern;
}

/** A pooled pattern's rows as they are, asked for as they come into view. */
export class DetailTiles {
  readonly #lenses: RememberedLenses;
  readonly #question: Question;
  readonly #draw: (pattern: AttentionPattern) => ImageBitmap;
  readonly #arrived: () => void;
  readonly #tiles = new Map<number, Tile>();
  readonly #parts = new WantedParts((index, signal) => this.#ask(index, signal));
  #wanted: number[] = [];

  /** @param arrived called for each tile that can be drawn */
  constructor(
    lenses: RememberedLenses,
    question: Question,
    draw: (pattern: AttentionPattern) => ImageBitmap,
    arrived: () => void,
  ) {
    this.#lenses = lenses;
    this.#question = question;
    this.#draw = draw;
    this.#arrived = arrived;
  }

  /** Another array whenever there are others. */
  pictures: readonly MatrixPicture[] = [];

  /** Rows that are seen now, [from, to); what is seen no more is not asked for. */
  see({ from, to }: { from: number; to: number }): void {
    const [first, last] = [Math.floor(from / TILE_ROWS), Math.ceil(to / TILE_ROWS)];
    this.#wanted = Array.from({ length: last - first }, (_, i) => first + i);
    this.#parts.want(this.#wanted.filter((index) => !this.#tiles.has(index)));
  }

  /** Undefined where it is not known. */
  weight(query: number, key: number): number | undefined {
    const tile = this.#tiles.get(Math.floor(query / TILE_ROWS));
    if (!tile) return undefined;
    return key < tile.columns ? tile.pattern.maximum[(query - tile.row) * tile.columns + key] : 0;
  }

  async #ask(index: number, signal: AbortSignal): Promise<void> {
    this.#tiles.set(index, await this.#tile(index, signal));
    for (const known of this.#tiles.keys()) {
      if (this.#tiles.size > KEPT && !this.#wanted.includes(known)) this.#tiles.delete(known);
    }
    this.pictures = [...this.#tiles.values()];
    this.#arrived();
  }

  async #tile(index: number, signal: AbortSignal): Promise<Tile> {
    const { trace, tokens, scope } = this.#question;
    const rows = { from: index * TILE_ROWS, to: Math.min((index + 1) * TILE_ROWS, tokens) };
    const head = scope.kind === 'head' ? { head: scope.head } : {};
    const pattern = await this.#lenses.attention(
      { trace, layer: scope.layer, ...head, ...weightingOf(scope), rows },
      { signal },
    );
    return {
      pattern,
      image: this.#draw(pattern),
      row: rows.from,
      column: 0,
      rows: pattern.rows,
      columns: pattern.columns,
    };
  }
}
