import { leastSeconds, type PassWork } from '../../../../src/anatomy/roofline';
import type { ModelAnatomy } from '../../../../src/shared/anatomy-api';
import type { PartTimes, PassTimes } from '../../../../src/shared/part-times-api';
import type { Table } from '../../../export/table';
import { t } from '../../../l10n';
import { type CostSettings, readingWork, writingWork } from './costs';
import { costsOfLengths } from './length-table';
import { measuredSeconds, partsOf, workOf } from './timed-parts';

/** A pass with what it costs. */
export interface CostPass {
  /** In files. */
  name: 'prefill' | 'decoding';
  label: string;
  work: PassWork;
  measured: PassTimes | undefined;
}

/** Reading the text, and writing one token behind it. @param times where they are of just this */
export function passesOf(anatomy: ModelAnatomy, settings: CostSettings, times: PartTimes | undefined): CostPass[] {
  return [
    { name: 'prefill', label: t('Reading'), work: readingWork(anatomy, settings), measured: times?.prefill },
    { name: 'decoding', label: t('Writing a token'), work: writingWork(anatomy, settings), measured: times?.decoding },
  ];
}

export function costTables(anatomy: ModelAnatomy, settings: CostSettings, passes: readonly CostPass[]): Table[] {
  const { limits } = settings;
  return [
    {
      label: t('Cost by part'),
      name: 'cost',
      columns: ['pass', 'part', 'flops', 'bytes', 'leastSeconds', 'measuredSeconds'],
      rows: () =>
        passes.flatMap(({ name, work, measured }) =>
          partsOf(measured).map((part) => {
            const of = workOf(work, part);
            const least = of && limits && leastSeconds(of, limits);
            return [name, part, of?.flops, of?.bytes, least, measured && measuredSeconds(measured, part)];
          }),
        ),
    },
    {
      label: t('Cost over the length'),
      name: 'cost-length',
      columns: ['tokens', 'flops', 'attentionShare', 'cacheBytes', 'leastSeconds'],
      rows: () =>
        costsOfLengths(anatomy, settings).map(({ tokens, flops, attentionShare, cacheBytes, leastSeconds }) => [
          tokens,
          flops,
          attentionShare,
          cacheBytes,
          leastSeconds,
        ]),
    },
  ];
}
