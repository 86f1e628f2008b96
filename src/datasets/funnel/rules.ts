import { sentence } from '../../shared/errors';
import { PRESETS, type PresetRule } from '../presets';
import { bitsPerByteFilter } from './bits-per-byte';
import { readable } from './readable';

/** The rules of a preset in their order, between whether a document can be read and what a model makes of it, which is off. */
export function funnelRules(preset: string): PresetRule[] {
  const rules = PRESETS.find(({ name }) => name === preset)?.rules() ?? [];
  return [
    {
      filter: readable,
      thresholds: Object.fromEntries(readable.measures.map(({ name }) => [name, 0])),
      why: sentence`On in every preset: what cannot be read is no example of anything.`,
    },
    ...rules,
    {
      filter: bitsPerByteFilter,
      thresholds: {},
      why: sentence`Off until a model is asked to read the documents that all other rules let through.`,
    },
  ];
}
