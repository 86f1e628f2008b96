import { expect, it } from 'vitest';
import { funnelRules } from '../../../src/datasets/funnel/rules';
import { PRESETS } from '../../../src/datasets/presets';

it.each(PRESETS.map(({ name }) => name))('has a name of its own for each measure of %s', (preset) => {
  const names = funnelRules(preset).flatMap(({ filter }) => filter.measures.map(({ name }) => name));
  expect(names).toEqual([...new Set(names)]);
});
