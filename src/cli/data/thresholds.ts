import { InvalidArgumentError } from 'commander';
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

/** A preset's thresholds with those that were asked for in their place. @throws UsageError where there is no such measure */
export function thresholdsOf(
  preset: Thresholds,
  measures: readonly string[],
  asked: readonly AskedThreshold[],
): Thresholds {
  const thresholds = new Map(Object.entries(preset));
  for (const { measure, threshold } of asked) {
    if (!measures.includes(measure)) {
      throw new UsageError(`This preset has no threshold ${measure}. These are known: ${measures.join(', ')}.`);
    }
    if (threshold === undefined) thresholds.delete(measure);
    else thresholds.set(measure, threshold);
  }
  return Object.fromEntries(thresholds);
}
