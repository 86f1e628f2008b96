import type { Screen } from '../output';
import { padEnd, padStart, wrapText } from '../terminal/width';
import type { InspectedAttention, InspectedToken } from './inspection';
import { tokenLabel } from './labels';

const LABEL_WIDTH = 14;
const EARLIER = 'earlier';

/**
 * The pattern of a head in per cent, a query a row and a key a column. The last tokens that fit are drawn; what a query
 * gives to keys before those is summed.
 */
export function attentionView(
  { layer, head, pattern }: InspectedAttention,
  tokens: readonly InspectedToken[],
  { width, palette }: Screen,
): string[] {
  const lastPosition = tokens.at(-1)?.position ?? 0;
  const cellWidth = `${lastPosition}`.length + 2;
  const numberWidth = cellWidth - 2;
  const fitting = Math.floor((width - numberWidth - LABEL_WIDTH - EARLIER.length - 3) / cellWidth);
  const queries = tokens.slice(-fitting);
  const rows = pattern.slice(-fitting);
  const firstKey = queries[0]?.position ?? 0;
  const keys = queries.map(({ position }) => position);
  const largest = Math.max(...rows.flatMap((row) => [...row.subarray(firstKey)]));
  const line = (number: string, label: string, earlier: string, cells: readonly string[]) =>
    `${padStart(number, numberWidth)} ${padEnd(label, LABEL_WIDTH)} ${firstKey > 0 ? `${padStart(earlier, EARLIER.length)} ` : ''}${cells.join('')}`.trimEnd();

  const header = line(
    '',
    '',
    EARLIER,
    keys.map((key) => padStart(`${key}`, cellWidth)),
  );
  const lines = queries.map((query, index) => {
    const row = rows[index] ?? new Float32Array();
    const cells = keys
      .filter((key) => key <= query.position)
      .map((key) => palette.attention(padStart(percentCell(row[key] ?? 0), cellWidth), (row[key] ?? 0) / largest));
    const earlier = row.subarray(0, firstKey).reduce((sum, weight) => sum + weight, 0);
    return line(`${query.position}`, tokenLabel(query, LABEL_WIDTH), percentCell(earlier), cells);
  });
  const leftOut = tokens.length - queries.length;
  return [
    palette.bold(`Attention of head ${layer}.${head}`),
    ...wrapText('How much of each query (row) goes to each key (column), in per cent; · is under 0.5.', width),
    ...(leftOut > 0 ? [`The last ${queries.length} of ${tokens.length} tokens fit; --select shows others.`] : []),
    header,
    ...lines,
  ];
}

/** A weight in whole per cent; what is not nothing is never 0. */
function percentCell(weight: number): string {
  if (weight === 0) return '0';
  return weight < 0.005 ? '·' : `${Math.round(100 * weight)}`;
}
