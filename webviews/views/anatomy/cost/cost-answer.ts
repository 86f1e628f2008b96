import { forwardFlops } from '../../../../src/anatomy/flops';
import { cacheBytes } from '../../../../src/anatomy/memory';
import { leastPassSeconds } from '../../../../src/anatomy/roofline';
import { formatBytes } from '../../../../src/display/format-bytes';
import { formatSi } from '../../../../src/display/format-si';
import { formatCount, formatProbability, formatRatio } from '../../../../src/display/numbers';
import type { ModelAnatomy } from '../../../../src/shared/anatomy-api';
import { t } from '../../../l10n';
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
    formatCount(longer),
    formatSi(more.total, 'FLOP'),
    timesText(work),
    formatCount(shorter),
    timesText(length),
    share(more),
    share(less),
  ] as const;
  return work / length < HARDLY
    ? t(
        'Reading {0} tokens takes {1}: {2} times the work of {3}, for {4} times the tokens. Attention compares each token with those before it, which is {5} of the work there and {6} with {3}.',
        ...values,
      )
    : t(
        'Reading {0} tokens takes {1}: {2} times the work of {3}, for only {4} times the tokens, because attention compares each token with all before it. Those comparisons are {5} of the work there, and {6} with {3}.',
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

/** Whether weights of 4 bits would make it faster; of 16, where they have 4 already. */
export function precisionAnswer(anatomy: ModelAnatomy, settings: CostSettings): string {
  const { limits, bits } = settings;
  if (!limits) return '';
  const [, tokens] = comparedLengths(settings.tokens, anatomy.contextLength);
  const now = { ...settings, tokens };
  const otherBits = bits === 4 ? 16 : 4;
  const other: CostSettings = { ...now, bits: otherBits, weightsBytes: weightsIn(anatomy, otherBits) };
  const [few, many] = bits === 4 ? [now, other] : [other, now];
  const seconds = (work: typeof readingWork, of: CostSettings) => leastPassSeconds(work(anatomy, of), limits);
  const [reading, writing] = [readingWork, writingWork].map((work) => seconds(work, many) / seconds(work, few)) as [
    number,
    number,
  ];
  const kept = formatBytes(now.batch * cacheBytes(anatomy, tokens, now.numberBytes));
  const readingText =
    reading < HARDLY
      ? t('hardly faster, because computation limits it and not memory')
      : t('up to {0} times as fast', timesText(reading));
  const writingText = writing < HARDLY ? t('hardly faster') : t('up to {0} times as fast', timesText(writing));
  const values = [
    formatBytes(many.weightsBytes),
    formatBytes(few.weightsBytes),
    readingText,
    writingText,
    formatCount(tokens),
    kept,
  ] as const;
  return bits === 4
    ? t(
        'Weights of 4 bits are {1} in place of the {0} of 16 bits. Reading is {2}; writing the next token behind {4} tokens is {3}, because it reads all weights once, and the keys and values, which stay at {5}. What 4 bits change in the answers is seen under Precision.',
        ...values,
      )
    : t(
        'Weights would shrink from {0} to {1}. Reading would be {2}; writing the next token behind {4} tokens would be {3}, because it reads all weights once, and the keys and values, which stay at {5}. What 4 bits change in the answers is seen under Precision.',
        ...values,
      );
}

const timesText = (times: number) => formatRatio(Math.log(times));
