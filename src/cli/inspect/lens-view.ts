import { formatLogprobShort } from '../../display/numbers';
import type { Screen } from '../output';
import { padEnd, padStart, shorten, wrapText } from '../terminal/width';
import type { Candidate, InspectedLens, InspectedToken } from './inspection';
import { candidateLabel, tokenLabel } from './labels';

const LABEL_WIDTH = 5;
const TOKEN_WIDTH = 8;
const PROBABILITY_WIDTH = 8;
const CELL_WIDTH = TOKEN_WIDTH + 1 + PROBABILITY_WIDTH;
const GAP_WIDTH = 2;

/** The logit lens: what the model would say after each token if it stopped at a layer, as many tokens side by side as fit. */
export function lensView(lens: InspectedLens, tokens: readonly InspectedToken[], screen: Screen): string[] {
  const perBlock = Math.max(1, Math.floor((screen.width - LABEL_WIDTH) / (CELL_WIDTH + GAP_WIDTH)));
  const lines = [
    screen.palette.bold('Logit lens'),
    ...wrapText(
      'What the model would write after each token if it stopped before a layer; ✓ is what comes next.',
      screen.width,
    ),
  ];
  for (let from = 0; from < tokens.length; from += perBlock) {
    const columns = Array.from({ length: Math.min(perBlock, tokens.length - from) }, (_, index) => from + index);
    lines.push('', ...block(lens, tokens, columns, screen));
  }
  return lines;
}

function block(
  lens: InspectedLens,
  tokens: readonly InspectedToken[],
  columns: readonly number[],
  screen: Screen,
): string[] {
  const gap = ' '.repeat(GAP_WIDTH);
  const line = (label: string, cells: readonly string[]) =>
    `${padStart(label, LABEL_WIDTH)}${cells.map((cell) => gap + cell).join('')}`;
  const headers = columns.map((column) => headerCell(tokens[column]));
  const layers = lens.layers.map((layer, index) => {
    const cells = columns.map((column) => {
      const isTrue = lens.nextIsFirst[index]?.[column] ?? false;
      return lensCell(lens.top[index]?.[column]?.[0], isTrue, screen);
    });
    return line(index === lens.layers.length - 1 ? 'out' : `${layer}`, cells);
  });
  return [screen.palette.bold(line('layer', headers).trimEnd()), ...layers];
}

function headerCell(token: InspectedToken | undefined): string {
  if (!token) return ' '.repeat(CELL_WIDTH);
  const number = `${token.position} `;
  return padEnd(number + tokenLabel(token, CELL_WIDTH - number.length), CELL_WIDTH);
}

function lensCell(candidate: Candidate | undefined, isTrue: boolean, { palette }: Screen): string {
  if (!candidate) return ' '.repeat(CELL_WIDTH);
  const label = padEnd(shorten(candidateLabel(candidate, TOKEN_WIDTH), TOKEN_WIDTH), TOKEN_WIDTH);
  const probability = padStart(formatLogprobShort(candidate.logprob), PROBABILITY_WIDTH);
  return palette.lens(`${label}${isTrue ? '✓' : ' '}${probability}`, Math.exp(candidate.logprob));
}
