import type { Limits } from '../shared/part-times-api';

/** A device that models run on. */
export interface Hardware extends Limits {
  name: string;
  /** Of the memory of one device. */
  memoryBytes: number;
}

/**
 * What two devices can do at most with numbers of 16 bits, dense, on their tensor cores, as the table of LLM-Viewer
 * (arXiv 2402.16363) and NVIDIA's data sheets have it. A bandwidth is decimal: 1.555e12 bytes a second are 1,555 GB/s.
 */
export const HARDWARE = {
  a100: { name: 'A100 40 GB', flopsPerSecond: 312e12, bytesPerSecond: 1.555e12, memoryBytes: 40e9 },
  h100: { name: 'H100 SXM', flopsPerSecond: 989.5e12, bytesPerSecond: 3.072e12, memoryBytes: 80e9 },
} as const satisfies Record<string, Hardware>;
