import { formatLogprob, formatQuantity, formatSigned } from '../../../display/numbers';
import type { WhyTerm } from '../../../display/why-terms';
import type { Screen } from '../../output';
import { wrapText } from '../../terminal/width';
import type { InspectedWhy } from '../inspection';
import { candidateLabel } from '../labels';
import { sourceLines } from './sources-view';
import { type Step, waterfallLines } from './waterfall';

const STRONGEST = 12;
const TOKEN_WIDTH = 24;

/** Why a token and not another: the strongest parts as a waterfall, all others, the remainder, and the text by what it brought. */
export function whyView(why: InspectedWhy, screen: Screen): string[] {
  const { palette, width } = screen;
  const { terms, token, against, position, remainder, softCap, logitDifference } = why;
  const [asked, other] = [token, against].map(({ id, text }) =>
    candidateLabel({ id, text, bytes: why.descriptions.get(id)?.bytes ?? '' }, TOKEN_WIDTH),
  );
  const strongest = strongestOf(terms);
  const others = terms.filter((term) => !strongest.includes(term));
  const steps: Step[] = [
    ...strongest.map((term) => ({ label: termLabel(term), value: term.value })),
    ...(others.length > 0 ? [{ label: formatQuantity(others.length, 'other'), value: sumOf(others) }] : []),
    { label: 'remainder', value: remainder },
  ];
  return [
    palette.bold(`Why ${asked} rather than ${other}, as token ${position}`),
    ...wrapText(
      `${asked} ${formatLogprob(token.logprob)}, ${other} ${formatLogprob(against.logprob)}. What the parts of the model wrote for ${asked} (+) and for ${other} (−), in logits, from the first layer to the last: each bar begins where the one above it ends.`,
      width,
    ),
    ...waterfallLines(steps, { label: 'the difference', value: logitDifference }, screen),
    ...wrapText(totals(terms), width),
    ...(softCap === undefined ? [] : wrapText(`A soft cap has ${formatSigned(softCap)} of the remainder.`, width)),
    '',
    ...wrapText('What the heads of all layers brought of it from each token:', width),
    ...sourceLines(why, screen),
  ];
}

/** In the order of the layers. */
function strongestOf(terms: readonly WhyTerm[]): WhyTerm[] {
  const kept = new Set([...terms].sort((one, two) => Math.abs(two.value) - Math.abs(one.value)).slice(0, STRONGEST));
  return terms.filter((term) => kept.has(term));
}

/** `head 18.6`, `MLP 3`. */
export function termLabel(term: WhyTerm): string {
  switch (term.kind) {
    case 'embedding':
      return 'embedding';
    case 'head':
      return `head ${term.layer}.${term.head}`;
    case 'mixer':
      return `state ${term.layer}`;
    case 'mlp':
      return `MLP ${term.layer}`;
    case 'interventions':
      return 'interventions';
    case 'bias':
      return term.layer === undefined ? 'bias' : `bias ${term.layer}`;
  }
}

/** Which kinds of parts did how much. */
function totals(terms: readonly WhyTerm[]): string {
  const names = {
    embedding: 'the embedding',
    head: 'all heads',
    mixer: 'all states',
    mlp: 'all MLPs',
    interventions: 'interventions',
    bias: 'biases',
  };
  const kinds = Object.entries(names).flatMap(([kind, name]) => {
    const those = terms.filter((term) => term.kind === kind);
    return those.length > 0 ? [`${name} ${formatSigned(sumOf(those))}`] : [];
  });
  return `Together: ${kinds.join(', ')}.`;
}

const sumOf = (terms: readonly WhyTerm[]) => terms.reduce((sum, { value }) => sum + value, 0);
