import { formatLogprob, formatLogprobShort, formatSigned } from '../../display/numbers';
import { candidateLabel } from '../inspect/labels';
import { layersSentences } from '../inspect/layer-notes';
import type { Screen } from '../output';
import { gridRows } from '../terminal/grid';
import { padEnd, padStart, wrapText } from '../terminal/width';
import type { TriedHead, TriedHeads } from './try-heads';

const STRONGEST = 10;
const TOKEN_WIDTH = 24;
const CELL_WIDTH = 7;
const LAYER_WIDTH = 7;
/** Of nats: smaller changes are a dot. */
const LEAST = 0.005;

const BY = { zero: 'nothing stands in its place', mean: 'its mean over the text stands in its place' };

/** Every head in a grid of layers and heads with what becomes of the token without it, and the strongest in a table. */
export function triedHeadsView(tried: TriedHeads, screen: Screen): string[] {
  const { token, against, logprobs, position, heads, model, by } = tried;
  const [asked, other] = [candidateLabel(token, TOKEN_WIDTH), candidateLabel(against, TOKEN_WIDTH)];
  return [
    screen.palette.bold(`Without each head: ${asked} rather than ${other}, as token ${position}`),
    ...wrapText(
      `${asked} ${formatLogprob(logprobs.token)}, ${other} ${formatLogprob(logprobs.against)} with all heads. How the log-probability of ${asked} changes when a head is taken away (${BY[by]}), in nats; · is under ${LEAST}.`,
      screen.width,
    ),
    ...layersSentences(model.layers).flatMap((sentence) => wrapText(sentence, screen.width)),
    ...grids(tried, screen),
    '',
    ...strongestTable(heads),
    '',
    ...wrapText(
      `effect: what the head is worth for ${asked} and against ${other}, in logits, measured by taking it away. direct: what it wrote for that itself. Where they differ, other parts read what it wrote, or make up for it.`,
      screen.width,
    ),
  ];
}

function grids({ heads, model }: TriedHeads, screen: Screen): string[] {
  const largest = Math.max(...heads.map(({ change }) => Math.abs(change)));
  const byAddress = new Map(heads.map((head) => [`${head.layer}.${head.head}`, head]));
  const perGrid = Math.max(1, Math.floor((screen.width - LAYER_WIDTH) / CELL_WIDTH));
  const lines: string[] = [];
  for (let from = 0; from < model.numAttentionHeads; from += perGrid) {
    const numbers = Array.from({ length: Math.min(perGrid, model.numAttentionHeads - from) }, (_, i) => from + i);
    lines.push(`${padEnd('layer', LAYER_WIDTH)}${numbers.map((head) => padStart(`.${head}`, CELL_WIDTH)).join('')}`);
    for (let layer = 0; layer < model.numHiddenLayers; layer++) {
      const cells = numbers.map((head) => cell(byAddress.get(`${layer}.${head}`), largest, screen));
      lines.push(`${padEnd(padStart(`${layer}`, 5), LAYER_WIDTH)}${cells.join('')}`.trimEnd());
    }
  }
  return lines;
}

/** A head without which the token is less probable was for it, and has the hue of that. */
function cell(head: TriedHead | undefined, largest: number, { palette }: Screen): string {
  if (head === undefined) return ' '.repeat(CELL_WIDTH);
  if (Math.abs(head.change) < LEAST) return palette.quiet(padStart('·', CELL_WIDTH));
  const text = `${head.change > 0 ? '+' : '−'}${Math.abs(head.change).toFixed(2)}`;
  return ` ${palette.signed(padStart(text, CELL_WIDTH - 1), -head.change / largest)}`;
}

function strongestTable(heads: readonly TriedHead[]): string[] {
  const strongest = [...heads].sort((a, b) => Math.abs(b.change) - Math.abs(a.change)).slice(0, STRONGEST);
  return gridRows([
    { header: 'head', align: 'start', cells: strongest.map(({ layer, head }) => `${layer}.${head}`) },
    { header: 'without it', align: 'end', cells: strongest.map(({ logprobs }) => formatLogprobShort(logprobs.token)) },
    { header: 'change', align: 'end', cells: strongest.map(({ change }) => formatSigned(change)) },
    { header: 'effect', align: 'end', cells: strongest.map(({ effect }) => formatSigned(effect)) },
    { header: 'direct', align: 'end', cells: strongest.map(({ direct }) => formatSigned(direct)) },
  ]);
}
