import type { Spread, TypingComparison } from './typing';

/** A table in Markdown of what was measured, with something (`with bands`) and without. */
export function typingTable(what: string, withIt: string, { with: one, without }: TypingComparison): string {
  return [
    `| ${what}, median and 99th percentile | ${withIt} | without |`,
    '|-|-|-|',
    row('from a key until its letter is painted', one.text, without.text, spread),
    row('from a key until nothing more is painted', one.all, without.all, spread),
    row("what the window's thread computes a key", one.work, without.work, ms),
  ].join('\n');
}

export function row<T>(what: string, withIt: T, without: T | undefined, show: (value: T) => string): string {
  return `| ${what} | ${show(withIt)} | ${without === undefined ? '' : show(without)} |`;
}

export function ms(value: number): string {
  return `${value.toFixed(1)} ms`;
}

function spread({ median, p99 }: Spread): string {
  return `${ms(median)}, ${ms(p99)}`;
}
