import type { WeightBlock } from '../../shared/anatomy-api';
import { ROUNDED_BLOCK } from '../../shared/block-rounding';
import { sentence } from '../../shared/errors';
import type { ValidRequests } from '../../shared/requests';
import { checkIndex } from '../ranges';
import { type ModelSource, withTensor } from './file-matrix';

/**
 * The block of weights in which one stands, read from the model's own file.
 *
 * @throws VitrineError `request.range` where there is no such weight; as `withTensor`
 */
export function weightBlock(
  source: ModelSource,
  { tensor: name, row, column }: ValidRequests['weightBlock'],
): Promise<WeightBlock> {
  return withTensor(source, name, (tensor) => {
    const columns = tensor.shape.at(-1) ?? 1;
    const rows = tensor.elementCount / columns;
    checkIndex(sentence`row`, row, rows);
    checkIndex(sentence`column`, column, columns);
    const first = column - (column % ROUNDED_BLOCK);
    const values = tensor.rows(row, 1).slice(first, first + ROUNDED_BLOCK);
    return { rows, columns, row, column: first, values };
  });
}
