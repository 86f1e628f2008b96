import { CLEAR_SHARE, type HeadRole, roleOf } from '../../display/head-roles';
import { formatProbability } from '../../display/numbers';
import type { HeadSummary, LayerInfo } from '../../shared/engine-api';
import type { Screen } from '../output';
import { padEnd, padStart, wrapPhrases, wrapText } from '../terminal/width';
import type { InspectedAttention, InspectedToken } from './inspection';
import { tokenLabel } from './labels';
import { layerSentences, layersSentences } from './layer-notes';

const LABEL_WIDTH = 14;
const EARLIER = 'earlier';
const ROLES = {
  previous: { letter: 'P', name: 'previous token' },
  first: { letter: 'F', name: 'first token' },
  self: { letter: 'S', name: 'the token itself' },
  induction: { letter: 'I', name: 'after an earlier copy' },
} as const satisfies Record<HeadRole, { letter: string; name: string }>;
/** In the order of the legend. */
const ROLE_NAMES = Object.keys(ROLES) as HeadRole[];
const STRONGEST = 4;
const CELL_WIDTH = 4;
const LAYER_WIDTH = 8;

/**
 * The pattern of a head in per cent, a query a row and a key a column. The last tokens that fit are drawn; what a query
 * gives to keys before those is summed. What a query of a local layer does not see stays empty.
 */
export function attentionView(
  { layer, head, pattern }: InspectedAttention,
  tokens: readonly InspectedToken[],
  layers: readonly LayerInfo[],
  { width, palette }: Screen,
): string[] {
  const { slidingWindow = Number.POSITIVE_INFINITY } = layers[layer] ?? {};
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
    ...layers
      .slice(layer, layer + 1)
      .flatMap(layerSentences)
      .flatMap((sentence) => wrapText(sentence, width)),
    ...(queries.length < tokens.length
      ? [`The last ${queries.length} of ${tokens.length} tokens fit; --select shows others.`]
      : []),
    line('', '', EARLIER, keys),
    ...queries.map((query, index) => {
      const row = rows[index] ?? new Float32Array();
      const earlier = row.subarray(0, firstKey).reduce((sum, weight) => sum + weight, 0);
      const isSeen = (key: number) => query.position - key < slidingWindow;
      const cells = Array.from(row.subarray(firstKey, query.position + 1), (weight, i) =>
        isSeen(firstKey + i) ? cell(weight) : ' '.repeat(cellWidth),
      );
      return line(`${query.position}`, tokenLabel(query, LABEL_WIDTH), percentOf(earlier), cells);
    }),
  ];
}

/** A weight in whole per cent; what is not nothing is never 0. */
function percentOf(weight: number): string {
  if (weight === 0) return '0';
  return weight < 0.005 ? '·' : `${Math.round(100 * weight)}`;
}

/** Every head in a grid of layers and heads with what it does most, and the strongest of each kind. */
export function headsView(heads: readonly HeadSummary[], layers: readonly LayerInfo[], screen: Screen): string[] {
  if (heads.every(({ first }) => Number.isNaN(first))) return ['Heads: a text of one token shows nothing of them.'];
  const letters = ROLE_NAMES.map((role) => `${ROLES[role].letter} ${ROLES[role].name}`).join(', ');
  return [
    screen.palette.bold('Heads'),
    ...wrapText(
      `How much of its weight each head gives, in per cent, to ${letters}. F only where no other is over ${100 * CLEAR_SHARE}, · where none is.`,
      screen.width,
    ),
    ...layersSentences(layers).flatMap((sentence) => wrapText(sentence, screen.width)),
    ...headGrids(heads, screen),
    '',
    ...ROLE_NAMES.map((role) => strongestLine(heads, role, screen.width)),
    ...(heads.some(({ sink }) => sink !== undefined) ? [sinkLine(heads, screen.width)] : []),
  ];
}

function headGrids(heads: readonly HeadSummary[], screen: Screen): string[] {
  const layers = Math.max(...heads.map(({ layer }) => layer)) + 1;
  const perLayer = heads.length / layers;
  const perGrid = Math.floor((screen.width - LAYER_WIDTH) / CELL_WIDTH);
  const lines: string[] = [];
  for (let from = 0; from < perLayer; from += perGrid) {
    const numbers = Array.from({ length: Math.min(perGrid, perLayer - from) }, (_, index) => from + index);
    lines.push(`${padEnd('layer', LAYER_WIDTH)}${numbers.map((head) => padStart(`.${head}`, CELL_WIDTH)).join('')}`);
    for (let layer = 0; layer < layers; layer++) {
      const cells = numbers.map((head) => headCell(heads[layer * perLayer + head], screen));
      lines.push(`${padEnd(padStart(`${layer}`, 5), LAYER_WIDTH)}${cells.join('')}`);
    }
  }
  return lines;
}

function headCell(head: HeadSummary | undefined, { palette }: Screen): string {
  const role = head && roleOf(head);
  if (!head || !role) return palette.quiet(padStart('·', CELL_WIDTH));
  const percent = Math.min(99, Math.round(100 * head[role]));
  const cell = padStart(`${ROLES[role].letter}${percent}`, CELL_WIDTH - 1);
  return ` ${role === 'first' ? palette.quiet(cell) : palette.attention(cell, head[role])}`;
}

function strongestLine(heads: readonly HeadSummary[], role: HeadRole, width: number): string {
  const strongest = strongestOf(heads, (head) => head[role]);
  const found = strongest.length > 0 ? strongest : ['no token has an earlier copy'];
  return namedLine(`${ROLES[role].letter} ${ROLES[role].name}`, found, width);
}

/** The heads that most rest on a sink of their own. */
function sinkLine(heads: readonly HeadSummary[], width: number): string {
  return namedLine(
    '  its own sink',
    strongestOf(heads, ({ sink = Number.NaN }) => sink),
    width,
  );
}

function strongestOf(heads: readonly HeadSummary[], shareOf: (head: HeadSummary) => number): string[] {
  return heads
    .filter((head) => !Number.isNaN(shareOf(head)))
    .sort((one, other) => shareOf(other) - shareOf(one))
    .slice(0, STRONGEST)
    .map((head) => `${head.layer}.${head.head} ${formatProbability(shareOf(head))}`);
}

function namedLine(name: string, found: readonly string[], width: number): string {
  const [line = ''] = wrapPhrases([padEnd(name, 24), ...found], '  ', width);
  return line;
}
