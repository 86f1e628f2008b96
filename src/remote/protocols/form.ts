/** What a server has sent is not what its kind sends. */
export class UnknownForm extends Error {}

/*
 * An answer has some ten thousand of the following: a schema of valibot takes a tenth of a second for them, which is more than
 * reading its JSON.
 */

/** @throws UnknownForm where it is no number */
export function number(value: unknown): number {
  if (typeof value === 'number') return value;
  throw new UnknownForm('Expected a number');
}

/** @throws UnknownForm where it is no number that a token may have: a larger one would become that of another token */
export function tokenId(value: unknown): number {
  if (Number.isInteger(value) && (value as number) >= 0 && (value as number) < 2 ** 32) return value as number;
  throw new UnknownForm('Expected the id of a token');
}

/** @throws UnknownForm where it is neither null nor left out, and no array */
export function arrayOrNone(value: unknown): readonly unknown[] {
  if (value == null) return [];
  if (Array.isArray(value)) return value;
  throw new UnknownForm('Expected an array');
}

/** Names and values of an object. @throws UnknownForm where it is neither null nor left out, and no object */
export function entriesOrNone(value: unknown): [string, unknown][] {
  if (value == null) return [];
  if (typeof value === 'object') return Object.entries(value);
  throw new UnknownForm('Expected an object');
}
