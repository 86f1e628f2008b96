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
  const numberWidth = `${tokens.at(-1)?.position ?? 0}`.length;
  const cellWidth = numberWidth + 2;
  const fitting = Math.floor((width - numberWidth - LABEL_WIDTH - EARLIER.length - 3) / cellWidth);
  const queries = tokens.slice(-fitting);
  const firstKey = queries[0]?.position ?? 0;
  const rows = pattern.slice(-fitting);
  const largest = Math.max(...rows.flatMap((row) => [...row.subarray(firstKey)]));
  const line = (number: string, label: string, earlier: string, cells: readonly string[]) => {
    const sum = firstKey > 0 ? `${padStart(earlier, EARLIER.length)} ` : '';
    return `${padStart(number, numberWidth)} ${padEnd(label, LABEL_WIDTH)} ${sum}${cells.join('')}`.trimEnd();
  };
  const cell = (weight: number) => palette.attention(padStart(percentOf(weight), cellWidth), weight / largest);
  const keys = queries.map(({ position }) => padStart(`${position}`, cellWidth));
  return [
    palette.bold(`Attention of head ${layer}.${head}`),
    ...wrapText('How much of each query (row) goes to each key (column), in per cent; · is under 0.5.', width),
    ...(queries.length < tokens.length
      ? [`The last ${queries.length} of ${tokens.length} tokens fit; --select shows others.`]
      : []),
    line('', '', EARLIER, keys),
    ...queries.map((query, index) => {
      const row = rows[index] ?? new Float32Array();
      const earlier = row.subarray(0, firstKey).reduce((sum, weight) => sum + weight, 0);
      const cells = Array.from(row.subarray(firstKey, query.position + 1), cell);
      return line(`${query.position}`, tokenLabel(query, LABEL_WIDTH), percentOf(earlier), cells);
    }),
  ];
}

/** A weight in whole per cent; what is not nothing is never 0. */
function percentOf(weight: number): string {
  if (weight === 0) return '0';
  return weight < 0.005 ? '·' : `${Math.round(100 * weight)}`;
}
