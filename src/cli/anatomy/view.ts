import { formatBytes } from '../../display/format-bytes';
import { formatSi } from '../../display/format-si';
import { safeText } from '../../display/glyphs';
import { formatCount, formatProbabilityShort, formatQuantity, spokenDigits } from '../../display/numbers';
import type { ModelAnatomy } from '../../shared/anatomy-api';
import type { Indicator } from '../../shared/undertrained-api';
import { candidateLabel } from '../inspect/labels';
import { layersSentences } from '../inspect/layer-notes';
import type { Screen } from '../output';
import { GAP, gridRows } from '../terminal/grid';
import { widthOf, wrapPhrases, wrapText } from '../terminal/width';
import { type AlikeTensors, alikeTensors } from './alike-tensors';
import type { BestTraining, Costs } from './costs';

const BAR = '█';
const LONGEST_BAR = 24;
const LAYERS_WIDTH = 12;
const GLITCHES = 8;
const GLITCH_WIDTH = 24;

/** What a model is made of, what a text costs it, and what training would be best for its size. */
export function costsView(costs: Costs, screen: Screen): string[] {
  const sentences = (...all: string[]) => all.flatMap((sentence) => wrapText(sentence, screen.width));
  const title = screen.palette.bold;
  const { model, anatomy, tokens, flops, memory } = costs;
  const bytes = anatomy.tensors.reduce((sum, tensor) => sum + tensor.bytes, 0);
  const layers = formatQuantity(anatomy.layers.length, 'layer');
  return [
    title(
      safeText(
        `${model.name}: ${formatCount(anatomy.parameters)} weights, ${layers}, ${formatBytes(bytes)} in its file`,
      ),
    ),
    ...tensorTable(anatomy, screen),
    ...sentences(...layersSentences(model.layers), ...tiedSentences(anatomy)),
    '',
    title(`Reading ${formatQuantity(tokens, 'token')} takes ${formatSi(flops.causal.total, 'FLOP')}`),
    ...shareTable(
      [
        ['matrices of attention', flops.causal.attention],
        ['scores of attention', flops.causal.scores],
        ['MLP', flops.causal.mlp],
        ['unembedding', flops.causal.unembedding],
      ],
      (value) => formatSi(value, 'FLOP'),
      screen,
    ),
    ...sentences(
      `That is every query by the keys that it sees, a multiplication and an addition being two operations; by all keys, as products of whole matrices are computed, ${formatSi(flops.full.total, 'FLOP')}. The scores grow with the square of the length, all else with the length.`,
    ),
    '',
    title(`Memory of this run: ${formatBytes(memory.weights + memory.cache + memory.trace)}`),
    ...shareTable(
      [
        ['weights, as they are kept', memory.weights],
        ['keys and values', memory.cache],
        ['residual streams', memory.trace],
      ],
      formatBytes,
      screen,
    ),
    ...sentences(`Every token more takes ${formatSi(costs.kvBytesPerToken, 'B')} of keys and values.`),
    '',
    title('Training'),
    ...sentences(trainingSentence(costs)),
    ...glitchLines(costs, screen),
  ];
}

function tensorTable({ tensors, parameters }: ModelAnatomy, { width }: Screen): string[] {
  const groups = alikeTensors(tensors);
  const shares = groups.map(({ elements }) => elements / parameters);
  const rows = gridRows([
    { header: 'part', align: 'start', cells: groups.map(({ part }, i) => (groups[i - 1]?.part === part ? '' : part)) },
    { header: 'matrix', align: 'start', cells: groups.map(({ role }) => safeText(role)) },
    { header: 'shape', align: 'end', cells: groups.map(({ shape }) => shape.join('×')) },
    { header: 'type', align: 'start', cells: groups.map(({ type }) => type) },
    { header: 'layers', align: 'start', cells: groups.map(layersText) },
    { header: 'weights', align: 'end', cells: groups.map(({ elements }) => formatSi(elements)) },
    { header: 'share', align: 'end', cells: shares.map(formatProbabilityShort) },
  ]);
  return withBars(rows, [0, ...shares], width);
}

/** `0–29`, `0–3,7`; where that is long, how many. */
function layersText({ layers }: AlikeTensors): string {
  const runs: [number, number][] = [];
  for (const layer of [...layers].sort((one, other) => one - other)) {
    const last = runs.at(-1);
    if (last && last[1] === layer - 1) last[1] = layer;
    else runs.push([layer, layer]);
  }
  const text = runs.map(([first, last]) => (first === last ? `${first}` : `${first}–${last}`)).join(',');
  return text.length > LAYERS_WIDTH ? formatQuantity(layers.length, 'layer') : text;
}

function shareTable(rows: [string, number][], format: (value: number) => string, { width }: Screen): string[] {
  const total = rows.reduce((sum, [, value]) => sum + value, 0);
  const shares = rows.map(([, value]) => value / total);
  // Its first row has no headers to show.
  const [, ...lines] = gridRows([
    { header: '', align: 'start', cells: rows.map(([name]) => name) },
    { header: '', align: 'end', cells: rows.map(([, value]) => format(value)) },
    { header: '', align: 'end', cells: shares.map(formatProbabilityShort) },
  ]);
  return withBars(lines, shares, width);
}

/** A bar behind each row, where there is room: the longest for the largest share. */
function withBars(rows: readonly string[], shares: readonly number[], width: number): string[] {
  const widest = Math.max(...rows.map(widthOf));
  const room = Math.min(LONGEST_BAR, width - widest - GAP.length);
  const largest = Math.max(...shares);
  return rows.map((row, i) => {
    const bar = BAR.repeat(Math.max(0, Math.round(((shares[i] ?? 0) / largest) * room)));
    return `${row}${' '.repeat(widest - widthOf(row))}${GAP}${bar}`.trimEnd();
  });
}

const tiedSentences = ({ tieWordEmbeddings }: ModelAnatomy): string[] =>
  tieWordEmbeddings ? ['The embedding is the unembedding too: it counts once.'] : [];

function trainingSentence({ anatomy: { parameters }, chinchilla: { printed, refit } }: Costs): string {
  const tokensOf = ({ tokens }: BestTraining) =>
    `${formatSi(tokens)} tokens (${spokenDigits((tokens / parameters).toFixed(1))} a weight)`;
  const ratio = printed.tokens / refit.tokens;
  const apart = Math.round(100 * Math.abs(ratio - 1));
  return `What it takes to train a model of this size is used best with ${tokensOf(printed)} by the constants of Hoffmann et al. 2022 as they are printed, and with ${tokensOf(refit)} by the refit of Besiroglu et al. 2024: the two fits of the same experiments are ${apart} % apart.`;
}

/** Nothing where nothing tells such tokens. */
function glitchLines({ glitch }: Costs, { width, palette }: Screen): string[] {
  if (!glitch) return [];
  const least = glitch.candidates.slice(0, GLITCHES).map(({ id, text }) => {
    return candidateLabel({ id, text, bytes: Buffer.from(text).toString('hex') }, GLITCH_WIDTH);
  });
  return [
    '',
    palette.bold(`Tokens that were hardly trained, told by ${TOLD_BY[glitch.indicator]}`),
    ...wrapPhrases(least, GAP, width),
  ];
}

const TOLD_BY: Record<Indicator, string> = {
  inputNorm: 'short rows of the embedding',
  cosine: 'rows near those of unused tokens',
  cosineWithoutMean: 'rows near those of unused tokens, without the mean of all',
  cosineWithoutComponent: 'rows near those of unused tokens, without what all share',
};
