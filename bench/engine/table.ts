import { markdownTable } from '../markdown';

/** What was measured; smaller is better. */
export interface Measurement {
  what: string;
  ours: number;
  /** What it is set against. */
  other?: number | undefined;
  otherIs?: string;
  aim?: Aim | undefined;
  show: (value: number) => string;
}

/** So many times better than the other, or a bound of our own. */
export type Aim = { times: number } | { atMost: number };

const HEADERS = ['', 'Vitrine', 'Set against', 'Times better', 'Aim', ''];
const ALIGNMENT = [':-', '-:', ':-', '-:', ':-', ':-'];

/** A table in Markdown. */
export function tableOf(measurements: Measurement[]): string {
  return markdownTable(ALIGNMENT, [HEADERS, ...measurements.map(cells)]);
}

function cells({ what, ours, other, otherIs, aim, show }: Measurement): string[] {
  const times = other === undefined ? Number.NaN : other / ours;
  const against = other === undefined ? ['', ''] : [`${show(other)} ${otherIs}`, times.toFixed(2)];
  return [what, show(ours), ...against, ...(aim ? aimCells(aim, ours, times, show) : ['', ''])];
}

function aimCells(aim: Aim, ours: number, times: number, show: Measurement['show']): string[] {
  const met = 'times' in aim ? times >= aim.times : ours <= aim.atMost;
  const text = 'times' in aim ? `at least ${aim.times}` : `at most ${show(aim.atMost)}`;
  return [text, met ? 'met' : 'missed'];
}

export const seconds = (value: number) => `${value.toFixed(value < 10 ? 2 : 1)} s`;
export const milliseconds = (value: number) => `${(1000 * value).toFixed(0)} ms`;
export const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;
export const tokenCount = (tokens: number) => `${tokens.toLocaleString('en')} tokens`;
