import type { CharacterSet } from '../splits/character-set';

/** A regex as a tree. What its groups hold is of no matter: nothing here refers back to them. */
export type Node =
  | { type: 'set'; set: CharacterSet }
  | { type: 'sequence'; items: Node[] }
  | { type: 'choice'; options: Node[] }
  | { type: 'repeat'; item: Node; min: number; max: number; mode: 'greedy' | 'lazy' | 'possessive' }
  | { type: 'look'; item: Node; ahead: boolean; negative: boolean }
  | { type: 'atomic'; item: Node }
  | { type: 'assert'; place: Place };

/** A place in the text, as Oniguruma's Ruby syntax has it: `^` and `$` are those of lines. */
export type Place = 'textStart' | 'textEnd' | 'finalLineEnd' | 'lineStart' | 'lineEnd' | 'wordBorder' | 'noWordBorder';

/** What the letters between `(?` and `)` switch on. */
export interface Flags {
  ignoreCase: boolean;
  dotAll: boolean;
  extended: boolean;
}
