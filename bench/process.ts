import { readFileSync } from 'node:fs';

/** Linux counts processor time in hundredths of a second wherever it shows it to programs: proc(5). */
const TICKS_A_SECOND = 100;

/** The largest resident set that a process has had, in bytes; NaN where the system is not Linux, which alone tells. */
export function peakOf(pid: number | undefined): number {
  if (process.platform !== 'linux') return Number.NaN;
  const kibibytes = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kibibytes) * 1024;
}

/** Seconds that a process has spent on processors, those of all its threads together; NaN where the system is not Linux. */
export function processorSeconds(pid: number | undefined): number {
  if (process.platform !== 'linux') return Number.NaN;
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const [user = 0, system = 0] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 13)
    .map(Number);
  return (user + system) / TICKS_A_SECOND;
}
