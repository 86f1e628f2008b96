import { availableParallelism, cpus } from 'node:os';
import { env } from 'onnxruntime-node';

/** What a table's numbers depend on. */
export function machine(): string {
  const name = cpus()[0]?.model.trim() ?? process.arch;
  const cores = `${availableParallelism()} cores`;
  return `${name}, ${cores}, ${process.platform}; Node ${process.versions.node}, onnxruntime ${env.versions.node}`;
}
