import { InvalidArgumentError } from 'commander';
import type { PresetRule } from '../../datasets/presets';
import type { Thresholds } from '../../shared/filters-api';
import { UsageError } from '../usage-error';

/** What was asked for of a measure; undefined switches it off. */
export interface AskedThreshold {
  measure: string;
  threshold: number | undefined;
}

const NUMBER = /^-?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** `NAME=VALUE` or `NAME=off`, beside those that were given before. */
export function anotherThreshold(value: string, asked: readonly AskedThreshold[] = []): AskedThreshold[] {
  const [, measure, threshold = ''] = /^([^=]+)=(.*)$/s.exec(value) ?? [];
  if (measure === undefined || !(threshold === 'off' || NUMBER.test(threshold))) {
    throw new InvalidArgumentError('It has to be NAME=NUMBER or NAME=off, such as gopher_short_doc=20.');
  }
  return [...asked, { measure, threshold: threshold === 'off' ? undefined : Number(threshold) }];
}

/** Those of some rules with what was asked for in their place; a model's are on. @throws UsageError where there is no such measure */
export function thresholdsOf(rules: readonly PresetRule[], asked: readonly AskedThreshold[]): Thresholds {
  const measures = rules.flatMap(({ filter }) => filter.measures);
  const ofModel = rules.filter(({ filter }) => filter.kind === 'model').flatMap(({ filter }) => filter.measures);
  const thresholds = new Map([
    ...rules.flatMap((rule) => Object.entries(rule.thresholds)),
    ...ofModel.map(({ name, threshold }) => [name, threshold] as const),
  ]);
  for (const { measure, threshold } of asked) {
    if (!measures.some(({ name }) => name === measure)) {
      const known = measures.map(({ name }) => name).join(', ');
      throw new UsageError(`This preset has no threshold ${measure}. These are known: ${known}.`);
    }
    if (threshold === undefined) thresholds.delete(measure);
    else thresholds.set(measure, threshold);
  }
  return Object.fromEntries(thresholds);
}
