import { sentence } from '../../shared/errors';
import { c4 } from '../filters/c4';
import type { Filter } from '../filters/filter';
import { fineWebQuality } from '../filters/fineweb-quality';
import { gopherQuality } from '../filters/gopher-quality';
import { gopherRepetition } from '../filters/gopher-repetition';
import { DocumentText } from '../text/document-text';
import type { FunnelOptions } from './funnel-api';
import type { Rules } from './measure-documents';
import { readable } from './readable';

/** The filters of a preset, as they decide one after another. */
export async function makeRules(_options: FunnelOptions): Promise<Rules<DocumentText>> {
  return {
    filters: [readable, gopherRepetition(), gopherQuality(), c4(), fineWebQuality()],
    textOf: ({ text }) => new DocumentText(text),
  };
}

export const PRESETS = [
  {
    name: 'fineweb',
    title: sentence`Web pages`,
    why: sentence`FineWeb`,
    filters: [readable, gopherRepetition(), gopherQuality(), c4(), fineWebQuality()] as readonly Filter<DocumentText>[],
    thresholds: {} as Record<string, number>,
  },
];
for (const preset of PRESETS) {
  for (const measure of preset.filters.flatMap((filter) => filter.measures)) {
    preset.thresholds[measure.name] = measure.threshold;
  }
}
