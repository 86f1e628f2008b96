import { sentence } from '../../shared/errors';
import { c4 } from '../filters/c4';
import { ExactDuplicatesFilter } from '../filters/exact-duplicates';
import type { Filter } from '../filters/filter';
import { fineWebQuality } from '../filters/fineweb-quality';
import { gopherQuality } from '../filters/gopher-quality';
import { gopherRepetition } from '../filters/gopher-repetition';
import { MinHashFilter } from '../filters/min-hash';
import { DocumentText } from '../text/document-text';
import { bitsPerByteFilter } from './bits-per-byte';
import type { FunnelOptions } from './funnel-api';
import type { Rules } from './measure-documents';
import { readable } from './readable';

const all = (): readonly Filter<DocumentText>[] => [
  readable,
  gopherRepetition(),
  gopherQuality(),
  c4(),
  fineWebQuality(),
  new ExactDuplicatesFilter(),
  new MinHashFilter(),
  bitsPerByteFilter,
];

/** The filters of a preset, as they decide one after another. */
export async function makeRules(_options: FunnelOptions): Promise<Rules<DocumentText>> {
  return { filters: all(), textOf: ({ text }) => new DocumentText(text) };
}

export const PRESETS = [
  {
    name: 'fineweb',
    title: sentence`Web pages`,
    why: sentence`FineWeb`,
    filters: all(),
    thresholds: {} as Record<string, number>,
  },
];
for (const preset of PRESETS) {
  for (const measure of preset.filters.flatMap((filter) => (filter.kind === 'model' ? [] : filter.measures))) {
    preset.thresholds[measure.name] = measure.threshold;
  }
}
