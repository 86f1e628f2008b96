import { closeSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import type { CompiledModel } from '../model/compile';
import { WEIGHTS_FILE } from '../model/weights';

/** `count` rows of a weight from row `first` on, read from the weights file: [count, ..]. A vector is one row. */
export function weightRows(
  { weightsFolder, weights }: CompiledModel,
  name: string,
  first = 0,
  count = 1,
): Float32Array {
  const placed = weights.get(name);
  if (!placed) throw new Error(`there is no weight '${name}'`);
  const width = placed.shape.at(-1) as number;
  const rows = new Float32Array(count * width);
  const file = openSync(join(weightsFolder, WEIGHTS_FILE), 'r');
  try {
    const read = readSync(
      file,
      rows,
      0,
      rows.byteLength,
      placed.offset + first * width * Float32Array.BYTES_PER_ELEMENT,
    );
    if (read !== rows.byteLength) throw new Error(`the weights file ends inside '${name}'`);
    return rows;
  } finally {
    closeSync(file);
  }
}
