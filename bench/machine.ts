import { availableParallelism, cpus } from 'node:os';

/** What a table's numbers depend on: the machine, and the versions of what took part. */
export function machine(...versions: readonly string[]): string {
  const name = cpus()[0]?.model.trim() ?? process.arch;
  const place = `${name}, ${availableParallelism()} cores, ${process.platform}`;
  return `${place}; ${[`Node ${process.versions.node}`, ...versions].join(', ')}.`;
}
