import { openCheckpoint } from '../model/checkpoint/open';
import type { WeightBlock } from '../shared/anatomy-api';
import { ROUNDED_BLOCK } from '../shared/block-rounding';
import { sentence, VitrineError } from '../shared/errors';
import type { ValidRequests } from '../shared/requests';

/**
 * The block of weights in which one stands, read from the model's own file.
 *
 * @throws VitrineError `anatomy.weight` where the file has no such weight, or as it is opened
 */
export function weightBlock(
  { path, adapter }: { path: string; adapter?: string | undefined },
  { tensor: name, row, column }: ValidRequests['weightBlock'],
): WeightBlock {
  const checkpoint = openCheckpoint(path, adapter);
  try {
    const tensor = checkpoint.tensors.get(name);
    const columns = tensor?.shape.at(-1) ?? 0;
    const rows = tensor ? tensor.elementCount / columns : 0;
    if (!tensor || row >= rows || column >= columns) {
      throw new VitrineError(
        'anatomy.weight',
        sentence`${path} has no weight ${name} [${row}, ${column}]. Load the model again if its file has changed.`,
      );
    }
    const first = column - (column % ROUNDED_BLOCK);
    const values = tensor.rows(row, 1).slice(first, first + ROUNDED_BLOCK);
    return { rows, columns, row, column: first, values };
  } finally {
    checkpoint.close();
  }
}
