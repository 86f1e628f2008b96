/**
 * An object as JSON, in pieces: what a member lists is written item by item, for together they may be longer than a
 * string can be. Members that are undefined are left out.
 */
export function* jsonPieces(members: object): Generator<string> {
  let before = '{';
  for (const [key, value] of Object.entries(members)) {
    if (value === undefined) continue;
    yield `${before}${JSON.stringify(key)}:`;
    if (isList(value)) yield* listPieces(value, (item) => [JSON.stringify(item)]);
    else yield JSON.stringify(value);
    before = ',';
  }
  yield '}';
}

export function* listPieces<T>(items: Iterable<T>, piecesOf: (item: T) => Iterable<string>): Generator<string> {
  let before = '[';
  for (const item of items) {
    yield before;
    yield* piecesOf(item);
    before = ',';
  }
  yield before === '[' ? '[]' : ']';
}

function isList(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value;
}
