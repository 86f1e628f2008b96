import { approximationNote, NEAR_THAT_FILE, roundingNote } from '../../display/approximation';
import { safeText } from '../../display/glyphs';
import {
  formatBits,
  formatDecimal,
  formatNats,
  formatNatsChange,
  formatPerplexity,
  formatProbability,
  formatQuantity,
  formatSeconds,
} from '../../display/numbers';
import { render } from '../../display/sentences';
import type { SharedSpan } from '../../shared/difference-api';
import type { ModelInfo } from '../../shared/engine-api';
import type { Screen } from '../output';
import { wrapPhrases, wrapText } from '../terminal/width';
import { hasDistributions, type ReadingModel, type TextComparison } from './compare-text';
import type { ComparedToken } from './compared-tokens';
import type { NamedModel } from './model-changes';
import { flippedGuesses, movedTokens } from './moved-tokens';
import { spanTable } from './span-table';
import { spanSums, tokenSums } from './sums';
import { tokenTable } from './token-table';

const SEPARATOR = ' · ';
const TERMS = 'ln B/A: by how many nats a token is more probable to B (above 0, blue) or to A (below 0, orange).';
const KL_TERM =
  'KL(A‖B): how far what B expects in its place is from what A expects, over the whole vocabulary; 0 where both expect the same.';
const NO_KL_TERM =
  'A server names only the most probable tokens, so how far whole distributions are apart (KL) is not known. Servers compute with 16 bits: under 0.1 nats a difference may be rounding.';

/** The comparison for people: which two, the table, what it comes to, and where they differ most. */
export function comparisonLines({ text, a, b, tokens, spans }: TextComparison, screen: Screen): string[] {
  const runs = [a, b].flatMap((each) => wrapPhrases(runPhrases(each, { a, b }), SEPARATOR, screen.width));
  const sections = [
    modelLines(a, b, screen),
    ...(tokens
      ? [
          tokenTable(tokens, screen),
          [...tokenSummary(tokens, screen.width), ...runs],
          movedTokens(tokens, screen),
          flippedGuesses(tokens, screen),
          wrapText(`${TERMS} ${hasDistributions({ a, b }) ? KL_TERM : NO_KL_TERM}`, screen.width),
        ]
      : [spanTable(text, spans, screen), [...spanSummary(text, spans, screen.width), ...runs]]),
  ];
  return sections
    .filter((section) => section.length > 0)
    .flatMap((section, index) => [...(index > 0 ? [''] : []), ...section]);
}

/** Which is which, what their files are, and what was rounded of them. */
export function modelLines(a: NamedModel, b: NamedModel, { palette, width }: Screen): string[] {
  const line = (letter: string, { label, model }: NamedModel) =>
    [`${palette.bold(letter)}  ${safeText(label)}`, ...(model.fileType ? [`${model.fileType} file`] : [])].join(
      SEPARATOR,
    );
  const notes = [roundingSentence('A', a.model), roundingSentence('B', b.model)].filter((note) => note !== undefined);
  return [line('A', a), line('B', b), ...notes.flatMap((note) => wrapText(note, width))];
}

/** Who compares with a file that is quantised already does not measure what the original has lost. */
export function roundingSentence(letter: 'A' | 'B', { approximation }: ModelInfo): string | undefined {
  if (!approximation) return undefined;
  const note = render(roundingNote(letter, approximation));
  return approximation.madeOf === undefined ? note : `${note} ${render(NEAR_THAT_FILE)}.`;
}

function tokenSummary(tokens: readonly ComparedToken[], width: number): string[] {
  const { logRatio, meanKl, meanReverseKl, sameTop, a, b } = tokenSums(tokens);
  return wrapPhrases(
    [
      formatQuantity(tokens.length, 'token'),
      `Σ ln(p B / p A) ${formatNatsChange(logRatio)}`,
      ...(Number.isNaN(meanKl)
        ? []
        : [`mean KL(A‖B) ${formatNats(meanKl)}`, `mean KL(B‖A) ${formatNats(meanReverseKl)}`]),
      ...(Number.isNaN(sameTop) ? [] : [`same first guess ${formatProbability(sameTop)}`]),
      `perplexity A ${formatPerplexity(a.perplexity)}, B ${formatPerplexity(b.perplexity)}`,
    ],
    SEPARATOR,
    width,
  );
}

function spanSummary(text: string, spans: readonly SharedSpan[], width: number): string[] {
  const { characters, logRatio, a, b } = spanSums(text, spans);
  const of = (name: string, side: typeof a) =>
    `${name} ${formatBits(side.bitsPerCharacter)} a character in ${formatQuantity(side.tokens, 'token')}`;
  return [
    ...wrapPhrases(
      [
        `${formatQuantity(spans.length, 'part')} of ${formatQuantity(characters, 'character')}`,
        of('A', a),
        of('B', b),
        `Σ ln(p B / p A) ${formatNatsChange(logRatio)}`,
      ],
      SEPARATOR,
      width,
    ),
    ...wrapText(
      'The two have different vocabularies. No token of one stands for a token of the other, so what is compared is whole parts of the text, cut where both cut; and KL is not defined: it needs the same list of tokens on both sides.',
      width,
    ),
  ];
}

/** How a model was run. */
function runPhrases(
  { model, read, changes: { adapterGain } }: ReadingModel,
  { a, b }: { a: ReadingModel; b: ReadingModel },
): string[] {
  const reading = `read in ${formatSeconds(read.trace.forwardSeconds)}`;
  const name = read === a.read ? 'A' : 'B';
  if (name === 'B' && a.model === b.model) return ['B: on the same engine', reading];
  return [
    `${name}: ${model.provider}`,
    ...(model.weights === undefined || model.weights === 'float32' ? [] : [`${model.weights} weights`]),
    ...(adapterGain === undefined ? [] : [`gain ${formatDecimal(adapterGain)}`]),
    reading,
    `loaded in ${formatSeconds(model.loadSeconds)}`,
    ...(model.compileSeconds > 0 ? [`compiled in ${formatSeconds(model.compileSeconds)}`] : []),
    ...(model.approximation ? [render(approximationNote(model.approximation))] : []),
  ];
}
