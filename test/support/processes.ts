import { readdirSync, readFileSync } from 'node:fs';

/** Whether a process is there. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Waits until something holds; fails the test after `seconds`. */
export async function until(holds: () => boolean | Promise<boolean>, what: string, seconds = 30): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`after ${seconds} s it still did not hold that ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The processes of a group whose command line holds a text, on Linux. */
export function processesInGroup(group: number, command: string): number[] {
  return processes(command, (_, itsGroup) => itsGroup === group);
}

/** The children of a process whose command line holds a text, on Linux. */
export function childrenOf(parent: number, command: string): number[] {
  return processes(command, (itsParent) => itsParent === parent);
}

/** The time on a processor that a process has taken, in hundredths of a second, on Linux; 0 where it has ended. */
export function processorTime(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return Number(fields[11]) + Number(fields[12]);
  } catch {
    return 0;
  }
}

function processes(command: string, isMeant: (parent: number, group: number) => boolean): number[] {
  const all = readdirSync('/proc').map(Number).filter(Number.isInteger);
  return all.filter((pid) => {
    try {
      // After the name, which may hold anything, in parentheses: the state, the parent, the group.
      const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
      const [, parent, group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return isMeant(Number(parent), Number(group)) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(command);
    } catch {
      return false; // It has ended meanwhile.
    }
  });
}
