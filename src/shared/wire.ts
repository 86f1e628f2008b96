/*
 * What the inspector's views and their host send each other crosses as JSON, beside which typed arrays stay what they
 * are. JSON has no undefined, no number that is none, and no error: these go as marks.
 */

interface Mark {
  $wire: 'undefined' | 'NaN' | 'Infinity' | '-Infinity' | 'error';
  message?: string;
}

/** A value as it can be sent. */
export function toWire(value: unknown): unknown {
  if (value === undefined) return { $wire: 'undefined' } satisfies Mark;
  if (typeof value === 'number') return Number.isFinite(value) ? value : { $wire: String(value) };
  if (typeof value !== 'object' || value === null || value instanceof ArrayBuffer) return value;
  if (ArrayBuffer.isView(value)) return alone(value);
  if (value instanceof Error) return { $wire: 'error', message: value.message } satisfies Mark;
  if (Array.isArray(value)) return value.map(toWire);
  return mapped(value, toWire);
}

/** The value that was sent. */
export function fromWire(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || value instanceof ArrayBuffer || ArrayBuffer.isView(value)) {
    return value;
  }
  if (Array.isArray(value)) return value.map(fromWire);
  return isMark(value) ? unmarked(value) : mapped(value, fromWire);
}

const mapped = (value: object, map: (value: unknown) => unknown) =>
  Object.fromEntries(Object.entries(value).map(([key, part]) => [key, map(part)]));

const isMark = (value: object): value is Mark => '$wire' in value;

function unmarked({ $wire, message }: Mark): unknown {
  switch ($wire) {
    case 'undefined':
      return undefined;
    case 'error':
      return new Error(message);
    default:
      return Number($wire);
  }
}

/** The whole buffer behind a view crosses: a view of a part of one gets its own. */
function alone(view: ArrayBufferView): unknown {
  const isWhole = view.byteLength === view.buffer.byteLength;
  return isWhole || view instanceof DataView ? view : (view as Uint8Array).slice();
}
