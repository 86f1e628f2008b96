import { Command, CommanderError, InvalidArgumentError } from 'commander';
import type { Measure } from '../../datasets/filters/filter';
import type { PresetRule } from '../../datasets/presets';
import type { Thresholds } from '../../shared/filters-api';
import { UsageError } from '../usage-error';
import { isYesNo } from './condition';

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

/** Those of some rules with what was asked for in their place; a model's are on. @throws UsageError where there is no such measure, or it cannot be so much */
export function thresholdsOf(rules: readonly PresetRule[], asked: readonly AskedThreshold[]): Thresholds {
  const measures = rules.flatMap(({ filter }) => filter.measures);
  const ofModel = rules.filter(({ filter }) => filter.kind === 'model').flatMap(({ filter }) => filter.measures);
  const thresholds = new Map([
    ...rules.flatMap((rule) => Object.entries(rule.thresholds)),
    ...ofModel.map(({ name, threshold }) => [name, threshold] as const),
  ]);
  for (const { measure, threshold } of asked) {
    const found = measures.find(({ name }) => name === measure);
    if (!found) throw new UsageError(unknownMeasure(measure, measures));
    if (threshold === undefined) thresholds.delete(measure);
    else thresholds.set(measure, measurable(found, threshold));
  }
  return Object.fromEntries(thresholds);
}

function unknownMeasure(name: string, measures: readonly Measure[]): string {
  const names = measures.map((measure) => measure.name);
  const known = names.map((one) => `\n  ${one}`).join('');
  return `This preset has no threshold ${name}. ${suggestion(name, names) || `These are known:${known}`}`;
}

/** Names that have it in them, or what Commander would suggest if names were commands; it suggests nothing else. */
function suggestion(name: string, names: readonly string[]): string {
  const longer = names.filter((known) => known.includes(name));
  if (longer.length > 0) return `Did you mean ${longer.join(', ')}?`;
  const program = new Command().exitOverride().configureOutput({ writeErr: () => {} });
  for (const known of names) program.command(known);
  try {
    program.parse([name], { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return /(?<=\()Did you mean .*\?(?=\))/.exec(error.message)?.[0] ?? '';
    throw error;
  }
  return '';
}

/** @throws UsageError where no document could have such a number */
function measurable(measure: Measure, threshold: number): number {
  const { name, draw } = measure;
  if (isYesNo(measure) && threshold !== 0) {
    throw new UsageError(
      `${name} is so or is not so: --threshold ${name}=0 removes such documents, off lets them stay.`,
    );
  }
  if (draw === 'share' && !(threshold >= 0 && threshold <= 1)) {
    throw new UsageError(`${name} is a share: its threshold is a number from 0 to 1, such as ${measure.threshold}.`);
  }
  if (threshold < 0) {
    throw new UsageError(`${name} is never below 0: its threshold is 0 or more, such as ${measure.threshold}.`);
  }
  return threshold;
}
