import { formatLogprob } from '../../../display/numbers';
import type { Screen } from '../../output';
import { padEnd, padStart, wrapText } from '../../terminal/width';
import type { InspectedPatch, InspectedToken } from '../inspection';
import { candidateLabel, tokenLabel } from '../labels';
import { restored } from './patch';

const TOKEN_WIDTH = 24;
const LAYER_WIDTH = 5;
const CELL_WIDTH = 7;
/** Of the way, in per cent: what is less is a dot. */
const LEAST_PERCENT = 0.5;

const SITES = {
  residual: 'what enters the layer',
  attention: 'what the attention of the layer adds',
  mlp: 'what the MLP of the layer adds',
  head: 'what a head gives, at all positions',
};

/** The grid of layers and positions, or heads: how much of the clean text's answer a patch at a place brings back. */
export function patchView(patched: InspectedPatch, tokens: readonly InspectedToken[], screen: Screen): string[] {
  const { token, against, clean, corrupted, site, columns, logprobs, differs, position } = patched;
  const [asked, other] = [candidateLabel(token, TOKEN_WIDTH), candidateLabel(against, TOKEN_WIDTH)];
  const perBlock = Math.max(1, Math.floor((screen.width - LAYER_WIDTH) / CELL_WIDTH));
  const lines = [
    screen.palette.bold(`Patching: ${asked} rather than ${other}, as token ${position}`),
    ...wrapText(
      `${asked} ${formatLogprob(clean.token)}, ${other} ${formatLogprob(clean.against)}; in the other text, which differs at ${differs.length === 1 ? 'token' : 'tokens'} ${differs.join(' ')}, ${formatLogprob(corrupted.token)} and ${formatLogprob(corrupted.against)}. How much of the way from there to here, in per cent of the difference of logits, the other text comes with ${SITES[site]} taken from this one: 100 restores it, · is under ${LEAST_PERCENT}.`,
      screen.width,
    ),
  ];
  for (let from = columns.from; from < columns.to; from += perBlock) {
    const numbers = Array.from({ length: Math.min(perBlock, columns.to - from) }, (_, index) => from + index);
    lines.push('', ...headers(numbers, tokens, site));
    for (const [layer, row] of logprobs.entries()) {
      const cells = numbers.map((column) => {
        const pair = row[column - columns.from];
        return cell(pair ? restored(patched, pair) : Number.NaN, screen);
      });
      lines.push(`${padStart(`${layer}`, LAYER_WIDTH)}${cells.join('')}`.trimEnd());
    }
  }
  return lines;
}

function headers(
  numbers: readonly number[],
  tokens: readonly InspectedToken[],
  site: InspectedPatch['site'],
): string[] {
  const line = (name: string, label: (column: number) => string) =>
    `${padEnd(name, LAYER_WIDTH)}${numbers.map((column) => padStart(label(column), CELL_WIDTH)).join('')}`;
  if (site === 'head') return [line('layer', (column) => `.${column}`)];
  const byPosition = new Map(tokens.map((token) => [token.position, token]));
  const label = (column: number) => {
    const token = byPosition.get(column);
    return token ? tokenLabel(token, CELL_WIDTH - 1) : '';
  };
  return [line('', label), line('layer', (column) => `${column}`)];
}

function cell(share: number, { palette }: Screen): string {
  if (Number.isNaN(share)) return padStart('–', CELL_WIDTH);
  const percent = 100 * share;
  if (Math.abs(percent) < LEAST_PERCENT) return palette.quiet(padStart('·', CELL_WIDTH));
  const text = `${percent < 0 ? '−' : ''}${Math.abs(percent).toFixed(0)}`;
  return ` ${palette.signed(padStart(text, CELL_WIDTH - 1), Math.max(-1, Math.min(1, share)))}`;
}
