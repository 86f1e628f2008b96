import type { Spread, TypingComparison } from './typing';

/** A table in Markdown of what was measured, with bands and without. */
export function typingTable(what: string, { bands, without }: TypingComparison): string {
  return [
    `| ${what}, median and 99th percentile | with bands | without |`,
    '|-|-|-|',
    row('from a key until its letter is painted', bands.text, without.text, spread),
    row('from a key until nothing more is painted', bands.all, without.all, spread),
    row("what the window's thread computes a key", bands.work, without.work, ms),
  ].join('\n');
}

export function row<T>(what: string, withBands: T, withoutBands: T | undefined, show: (value: T) => string): string {
  return `| ${what} | ${show(withBands)} | ${withoutBands === undefined ? '' : show(withoutBands)} |`;
}

export function ms(value: number): string {
  return `${value.toFixed(1)} ms`;
}

function spread({ median, p99 }: Spread): string {
  return `${ms(median)}, ${ms(p99)}`;
}
