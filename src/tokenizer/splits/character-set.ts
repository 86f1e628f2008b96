import { classOf } from '../unicode/character-class';

export interface CharacterSet {
  has(point: number): boolean;
}

/** The characters of the classes in `mask`, for example `\p{N}`. */
export class ClassSet implements CharacterSet {
  constructor(private readonly mask: number) {}

  has(point: number): boolean {
    return (classOf(point) & this.mask) !== 0;
  }
}

const HYPHEN = 0x2d;
/** No set listed below has a character beyond planes 0 and 1. */
const PLANES = 0x20000;

/** Characters listed as between the brackets of a regex, single ones and ranges such as `A-Z`, and whole classes. */
export class ListedSet implements CharacterSet {
  private readonly members = new Uint8Array(PLANES);

  constructor(
    list: string,
    private readonly mask = 0,
  ) {
    const points = Array.from(list, (character) => character.codePointAt(0) ?? 0);
    for (let i = 0; i < points.length; i++) {
      const first = points[i] ?? 0;
      const isRange = points[i + 1] === HYPHEN && i + 2 < points.length;
      const last = isRange ? (points[i + 2] ?? 0) : first;
      this.members.fill(1, first, last + 1);
      if (isRange) i += 2;
    }
  }

  has(point: number): boolean {
    return this.members[point] === 1 || (classOf(point) & this.mask) !== 0;
  }
}
