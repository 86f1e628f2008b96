import { readFileSync } from 'node:fs';

/** Linux counts processor time in hundredths of a second wherever it shows it to programs. */
const TICKS_A_SECOND = 100;

/** Seconds of processor time so far. */
export interface ProcessorTime {
  /** Of the whole machine, with what its host took away. */
  machine: number;
  /** Of this process and all that it started. */
  own: number;
}

/** Undefined where the system is not Linux: proc(5). */
export function processorTime(): ProcessorTime | undefined {
  if (process.platform !== 'linux') return undefined;
  const [user = 0, nice = 0, system = 0, , , irq = 0, softIrq = 0, steal = 0] =
    readFileSync('/proc/stat', 'utf8').split('\n', 1)[0]?.split(/\s+/).slice(1).map(Number) ?? [];
  const machine = (user + nice + system + irq + softIrq + steal) / TICKS_A_SECOND;
  return { machine, own: treeTicks(process.pid) / TICKS_A_SECOND };
}

/** Of a process, of its children that have ended, and of its children that live. */
function treeTicks(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean);
    return children.reduce((sum, child) => sum + treeTicks(Number(child)), ticks);
  } catch {
    // It ended meanwhile.
    return 0;
  }
}
