import { forwardFlops } from '../../../../src/anatomy/flops';
import { cacheBytes } from '../../../../src/anatomy/memory';
import { intensity, leastPassSeconds, ridge, sumOfWork } from '../../../../src/anatomy/roofline';
import { formatBytes } from '../../../../src/display/format-bytes';
import { formatSi } from '../../../../src/display/format-si';
import { formatCount, formatProbability, formatRatio } from '../../../../src/display/numbers';
import type { ModelAnatomy } from '../../../../src/shared/anatomy-api';
import { tokenCount } from '../../../kit/count-text';
import { t } from '../../../l10n';
import type { DifferenceSums } from '../../difference/compared';
import { type CostSettings, readingWork, weightsIn, writingWork } from './costs';
import { timeText } from './time-text';

/** Lengths that a text is held against: one that people call long, and a usual one. */
const [LONG, USUAL] = [8000, 512];
/** Times as fast that nobody would notice. */
const HARDLY = 1.1;

/** The two lengths of the answer: that of the settings, and one that differs enough. */
export function comparedLengths(tokens: number, contextLength: number): [shorter: number, longer: number] {
  const long = Math.min(LONG, contextLength);
  return 2 * tokens <= long ? [tokens, long] : [Math.min(USUAL, Math.floor(tokens / 2)), tokens];
}

/** Why a long text takes so much more than a short one. */
export function lengthAnswer(anatomy: ModelAnatomy, settings: CostSettings): string {
  const [shorter, longer] = comparedLengths(settings.tokens, anatomy.contextLength);
  const [less, more] = [shorter, longer].map((tokens) => forwardFlops(anatomy, tokens, 'causal'));
  if (!less || !more) return '';
  const share = ({ scores, total }: typeof less) => formatProbability(scores / total);
  const [work, length] = [more.total / less.total, longer / shorter];
  const values = [
    textsOf(longer, settings.batch),
    formatSi(settings.batch * more.total, 'FLOP'),
    timesText(work),
    formatCount(shorter),
    timesText(length),
    share(more),
    share(less),
  ] as const;
  return work / length < HARDLY
    ? t(
        'Reading {0} takes {1}: {2} times the work of {3}, for {4} times the tokens. Attention compares each token with those before it, which is {5} of the work there and {6} with {3}.',
        ...values,
      )
    : t(
        'Reading {0} takes {1}: {2} times the work of {3}, for only {4} times the tokens, because attention compares each token with all before it. Those comparisons are {5} of the work there, and {6} with {3}.',
        ...values,
      );
}

/** What that takes at least, by what limits it. */
export function timeAnswer(anatomy: ModelAnatomy, settings: CostSettings, device: string): string {
  const { limits } = settings;
  if (!limits) return '';
  const lengths = comparedLengths(settings.tokens, anatomy.contextLength);
  const [shorter = '', longer = ''] = lengths.map((tokens) =>
    timeText(leastPassSeconds(readingWork(anatomy, { ...settings, tokens }), limits)),
  );
  return t(
    'On {0}, of {1} and {2}, that is {3} at least; {4} with {5}.',
    device,
    formatSi(limits.flopsPerSecond, 'FLOP/s'),
    formatSi(limits.bytesPerSecond, 'B/s'),
    longer,
    shorter,
    formatCount(lengths[0]),
  );
}

/** Whether weights of 4 bits would make the chosen text faster; of 16, where they have 4 already. */
export function precisionAnswer(anatomy: ModelAnatomy, settings: CostSettings): string {
  const { limits, bits, tokens, batch, numberBytes } = settings;
  if (!limits) return '';
  const otherBits = bits === 4 ? 16 : 4;
  const other: CostSettings = { ...settings, bits: otherBits, weightsBytes: weightsIn(anatomy, otherBits) };
  const [few, many] = bits === 4 ? [settings, other] : [other, settings];
  const timesAsFast = (work: typeof readingWork) =>
    leastPassSeconds(work(anatomy, many), limits) / leastPassSeconds(work(anatomy, few), limits);
  const reading = timesAsFast(readingWork);
  const isComputation = intensity(sumOfWork(Object.values(readingWork(anatomy, many)))) >= ridge(limits);
  const hardly = isComputation ? t('hardly faster, because computation limits it and not memory') : t('hardly faster');
  const writing = timesAsFast(writingWork);
  const fasterText = (times: number, otherwise: string) =>
    times < HARDLY ? otherwise : t('up to {0} times as fast', timesText(times));
  const values = [
    formatBytes(many.weightsBytes),
    formatBytes(few.weightsBytes),
    fasterText(reading, hardly),
    fasterText(writing, t('hardly faster')),
    textsOf(tokens, batch),
    formatBytes(batch * cacheBytes(anatomy, tokens, numberBytes)),
  ] as const;
  return bits === 4
    ? t(
        'Weights of 4 bits are {1} in place of the {0} of 16 bits. Reading {4} is {2}; writing one more token is {3}, because it reads all weights once, and the keys and values, which stay at {5}.',
        ...values,
      )
    : t(
        'Weights would shrink from {0} to {1}. Reading {4} would be {2}; writing one more token would be {3}, because it reads all weights once, and the keys and values, which stay at {5}.',
        ...values,
      );
}

/** What 4 bits change in the text, where it was compared; or where to press for it. */
export function verdict(changes: DifferenceSums | undefined): string {
  return changes
    ? t(
        'With 4 bits {0} of {1} first guesses change in your text.',
        formatCount(changes.flips),
        formatCount(changes.count),
      )
    : t('What 4 bits change in your text is not known yet: press “Compare on my text” under Precision.');
}

/** On this machine fewer bits are not always less time. */
export function packedNote(): string {
  return t(
    'On this machine Vitrine computes with 32-bit floats. It keeps weights in 8 or 4 bits where the setting vitrine.weights is q8_0 or q4_0; with bf16 or fp16 it keeps them in 32 bits, and nothing gets faster.',
  );
}

/** `8,000 tokens`, or `4 texts of 8,000 tokens`. */
const textsOf = (tokens: number, batch: number) =>
  batch === 1 ? tokenCount(tokens) : t('{0} texts of {1}', formatCount(batch), tokenCount(tokens));

const timesText = (times: number) => formatRatio(Math.log(times));
