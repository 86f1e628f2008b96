import { formatSigned } from '../../../display/numbers';
import type { WhyTerms } from '../../../display/why-terms';
import type { TokenDescription } from '../../../shared/engine-api';
import type { Screen } from '../../output';
import { gridRows } from '../../terminal/grid';
import { candidateLabel } from '../labels';
import { chipLines } from './chips';

/** Of a longer text only the strongest tokens are listed. */
const MOST_TOKENS = 128;
const STRONGEST = 20;
const LABEL_WIDTH = 20;

type Sources = WhyTerms['sources'];

/** The text, each token with what it brought under it; tinted where there are colours. */
export function sourceLines(
  { sources, descriptions }: { sources: Sources; descriptions: ReadonlyMap<number, TokenDescription> },
  screen: Screen,
): string[] {
  const labelOf = ({ id, text }: Sources[number]['token']) =>
    candidateLabel({ id, text, bytes: descriptions.get(id)?.bytes ?? '' }, LABEL_WIDTH);
  return sources.length > MOST_TOKENS ? strongestLines(sources, labelOf) : paintedLines(sources, labelOf, screen);
}

function paintedLines(
  sources: Sources,
  labelOf: (token: Sources[number]['token']) => string,
  screen: Screen,
): string[] {
  const largest = Math.max(...sources.map(({ value }) => Math.abs(value))) || 1;
  const chips = sources.map(({ token, value }) => ({
    label: labelOf(token),
    number: formatSigned(value),
    share: value / largest,
  }));
  return chipLines(chips, screen);
}

function strongestLines(sources: Sources, labelOf: (token: Sources[number]['token']) => string): string[] {
  const strongest = sources
    .map((source, position) => ({ ...source, position }))
    .sort((one, other) => Math.abs(other.value) - Math.abs(one.value))
    .slice(0, STRONGEST);
  const rest =
    sources.reduce((sum, { value }) => sum + value, 0) - strongest.reduce((sum, { value }) => sum + value, 0);
  return [
    ...gridRows([
      { header: '#', align: 'end', cells: strongest.map(({ position }) => `${position}`) },
      { header: 'token', align: 'start', cells: strongest.map(({ token }) => labelOf(token)) },
      { header: 'brought', align: 'end', cells: strongest.map(({ value }) => formatSigned(value)) },
    ]),
    `The other ${sources.length - STRONGEST} tokens together: ${formatSigned(rest)}.`,
  ];
}
