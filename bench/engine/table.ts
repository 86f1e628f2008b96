/** What was measured, set against something where there is something; smaller is better. */
export interface Measurement {
  what: string;
  ours: number;
  /** Undefined where it could not be measured. */
  other?: number | undefined;
  otherIs?: string;
  aim?: Aim | undefined;
  show: (value: number) => string;
}

/** So many times better than the other, or a bound of our own. */
export type Aim = { times: number } | { atMost: number };

const HEADERS = ['', 'Vitrine', 'Set against', 'Times better', 'Aim', ''];

/** A table in Markdown. */
export function tableOf(measurements: Measurement[]): string {
  const rows = measurements.map(cells);
  const line = (row: string[]) => `| ${row.join(' | ')} |`;
  return [line(HEADERS), line(['-', '-:', '-', '-:', '-', '-']), ...rows.map(line)].join('\n');
}

function cells({ what, ours, other, otherIs = '', aim, show }: Measurement): string[] {
  const against = other === undefined ? [''] : [`${show(other)} ${otherIs}`.trim()];
  const times = other === undefined ? undefined : other / ours;
  return [what, show(ours), ...against, times?.toFixed(2) ?? '', ...aimCells(aim, ours, times, show)];
}

function aimCells(aim: Aim | undefined, ours: number, times: number | undefined, show: Measurement['show']): string[] {
  if (!aim) return ['', ''];
  if ('atMost' in aim) return [`at most ${show(aim.atMost)}`, verdict(ours <= aim.atMost)];
  return [`${aim.times} times`, times === undefined ? 'not measured' : verdict(times >= aim.times)];
}

const verdict = (met: boolean) => (met ? 'met' : 'missed');

export const seconds = (value: number) => `${value.toFixed(value < 10 ? 2 : 1)} s`;
export const milliseconds = (value: number) => `${(1000 * value).toFixed(0)} ms`;
export const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;
export const tokenCount = (tokens: number) => `${tokens.toLocaleString('en')} tokens`;
