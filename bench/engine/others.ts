import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';

/** Linux counts processor time in hundredths of a second wherever it shows it to programs: proc(5). */
const TICKS_A_SECOND = 100;

/**
 * The share of all cores that others have taken since the call: processes that this one did not start, and the machine's
 * host. 0 where the system is not Linux, which alone tells.
 */
export function watchOthers(): () => number {
  if (process.platform !== 'linux') return () => 0;
  const started = performance.now();
  const before = othersTicks();
  return () => {
    const elapsed = (performance.now() - started) / 1000;
    return (othersTicks() - before) / TICKS_A_SECOND / elapsed / availableParallelism();
  };
}

function othersTicks(): number {
  const [user = 0, nice = 0, system = 0, , , irq = 0, softIrq = 0, steal = 0] =
    readFileSync('/proc/stat', 'utf8').split('\n', 1)[0]?.split(/\s+/).slice(1).map(Number) ?? [];
  return user + nice + system + irq + softIrq + steal - treeTicks(process.pid);
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
